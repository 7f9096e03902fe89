"""Showing who labelled how much, and how far annotators agree."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.labels.show import WORDS
from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from models.evaluation.bootstrap import Interval
    from pipeline.labels.agreement import Pair
    from pipeline.labels.stats import LabelStats


def print_stats(result: LabelStats, differences: int, *, as_json: bool) -> None:
    """Print who labelled how much, and how far they agree."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    if not any(category.annotators for category in result.categories.values()):
        line("no labels; bring some with: rubrika labels import FILE, or: rubrika annotate")
        return
    table(
        ["category", "annotator", "yes", "no", "withdrawn", "count now"],
        [
            [key, annotator, given.positive, given.negative, given.withdrawn, given.counts]
            for key, category in result.categories.items()
            for annotator, given in category.annotators.items()
        ],
    )
    compared = by_pair(result)
    for who, pairs in compared.items():
        agreements(*who, pairs, differences)
    for key, category in result.categories.items():
        if category.note:
            line(f"{key}: {category.note}")
    if compared and not differences:
        line("to see articles on which they differ: rubrika labels stats --differences 20")
    if result.waiting:
        line(f"{result.waiting} opinions wait for articles that are not in the store")


def by_pair(result: LabelStats) -> dict[tuple[str, str], dict[str, Pair]]:
    """Two annotators → category → how they compare."""
    pairs: dict[tuple[str, str], dict[str, Pair]] = {}
    for key, category in result.categories.items():
        for pair in category.pairs:
            pairs.setdefault((pair.first, pair.second), {})[key] = pair
    return pairs


def agreements(first: str, second: str, pairs: Mapping[str, Pair], differences: int) -> None:
    """Print how far two annotators agree, and articles on which they do not."""
    line(f"1st {first}, 2nd {second}:")
    table(
        ["category", "shared", "same", "95 %", "kappa", "95 %", "both yes", "only 1st", "only 2nd", "both no"],
        [
            [
                key,
                figures.shared,
                figure(figures.share.value),
                between(figures.share),
                figure(figures.kappa.value),
                pair.constant or between(figures.kappa),
                figures.both_yes,
                figures.only_first,
                figures.only_second,
                figures.both_no,
            ]
            for key, pair in pairs.items()
            for figures in [pair.agreement]
        ],
    )
    for key, pair in pairs.items():
        for article in pair.differences[:differences]:
            words = f"1st {WORDS[article.first]}, 2nd {WORDS[article.second]}"
            line(f"{key}: {words}: {article.id[:12]} {article.title}")


def between(interval: Interval) -> str:
    """The ends of an interval; empty where there is none."""
    return "" if math.isnan(interval.low) else f"{figure(interval.low)} – {figure(interval.high)}"
