"""Showing labels: what came in and went out, who said what, and how far people and models agree."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.show.terminal import figure, json_line, line, next_steps, table

if TYPE_CHECKING:
    from models.evaluation.bootstrap import Interval
    from pipeline.labels.agreement import Pair
    from pipeline.labels.export_labels import LabelsExported
    from pipeline.labels.import_labels import Imported
    from pipeline.labels.show_labels import LabelsShown
    from pipeline.labels.stats import LabelStats
    from pipeline.labels.topic_labels import TopicProposal

MOST_TOPICS = 40  # lines of a proposal, and those that match a category
WORDS = {1: "yes", 0: "no", None: "withdrawn"}


def print_imported(result: Imported, *, as_json: bool) -> None:
    """Print the labels of each category."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    counted(result.categories)
    unmatched = f"; {result.unmatched} articles are not in the store yet, their labels wait" if result.unmatched else ""
    unreadable = f"; {result.unreadable} rows name no article and gave none" if result.unreadable else ""
    line(f"{result.added} new labels of {result.annotator}{unmatched}{unreadable}")
    if result.conflicts:
        line(f"{result.conflicts} contradictions between rows were settled as you said")
    for note in result.notes:
        line(note)


def print_topics(proposal: TopicProposal, *, as_json: bool) -> None:
    """Print the topics of a column and the categories that are proposed for them."""
    if as_json:
        json_line(dataclasses.asdict(proposal))
        return
    shown = [topic for place, topic in enumerate(proposal.topics) if place < MOST_TOPICS or topic.category]
    table(["topic", "articles", "category"], [[topic.topic, topic.articles, topic.category or ""] for topic in shown])
    if len(shown) < len(proposal.topics):
        line(f"and {len(proposal.topics) - len(shown)} topics that match no category; all of them with --json")
    line("a topic without a category gives no label; to give it one add: --topic 'TOPIC=CATEGORY'")
    line("what an article is not called stays unknown; if it is a no add: --others-negative")
    next_steps(proposal.next)


def print_exported(result: LabelsExported, *, as_json: bool) -> None:
    """Print what was written."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    counted(result.categories)
    waiting = f"; {result.waiting} opinions wait for articles that are not in the store" if result.waiting else ""
    line(f"{result.articles} articles in {result.file}{waiting}")


def counted(categories: dict[str, dict[str, int]]) -> None:
    """Print how many cells of a table say what."""
    table(
        ["category", "positive", "negative", "unknown"],
        [[key, said["positive"], said["negative"], said["unknown"]] for key, said in categories.items()],
    )


def print_opinions(result: LabelsShown, *, as_json: bool) -> None:
    """Print everything that was said of an article."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    day = f"{result.published_at:%Y-%m-%d}" if result.published_at else "no date"
    line(f"{result.id}  {result.title}  ({result.source}, {day})")
    if not result.opinions:
        line("nobody has labelled it")
        return
    table(
        ["category", "said", "annotator", "when", ""],
        [
            [
                one.category,
                WORDS[one.value],
                one.annotator,
                f"{one.labelled_at:%Y-%m-%d %H:%M}",
                "counts" if one.counts else "",
            ]
            for one in result.opinions
        ],
    )


def print_stats(result: LabelStats, differences: int, *, as_json: bool) -> None:
    """Print who labelled how much, and how far they agree."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    if not any(one.annotators for one in result.categories.values()):
        line("no labels; bring some with: rubrika labels import FILE, or: rubrika annotate")
        return
    table(
        ["category", "annotator", "yes", "no", "withdrawn", "count now"],
        [
            [key, annotator, said.positive, said.negative, said.withdrawn, said.counts]
            for key, one in result.categories.items()
            for annotator, said in one.annotators.items()
        ],
    )
    compared = by_pair(result)
    for who, pairs in compared.items():
        agreements(*who, pairs, differences)
    for key, one in result.categories.items():
        if one.note:
            line(f"{key}: {one.note}")
    if compared and not differences:
        line("to see articles on which they differ: rubrika labels stats --differences 20")
    if result.waiting:
        line(f"{result.waiting} opinions wait for articles that are not in the store")


def by_pair(result: LabelStats) -> dict[tuple[str, str], dict[str, Pair]]:
    """Two annotators → category → how they compare."""
    found: dict[tuple[str, str], dict[str, Pair]] = {}
    for key, one in result.categories.items():
        for pair in one.pairs:
            found.setdefault((pair.first, pair.second), {})[key] = pair
    return found


def agreements(first: str, second: str, pairs: Mapping[str, Pair], differences: int) -> None:
    """Print how far two annotators agree, and articles on which they do not."""
    line(f"1st {first}, 2nd {second}:")
    table(
        ["category", "shared", "same", "95 %", "kappa", "95 %", "both yes", "only 1st", "only 2nd", "both no"],
        [
            [
                key,
                said.shared,
                figure(said.share.value),
                between(said.share),
                figure(said.kappa.value),
                pair.constant or between(said.kappa),
                said.both_yes,
                said.only_first,
                said.only_second,
                said.both_no,
            ]
            for key, pair in pairs.items()
            for said in [pair.agreement]
        ],
    )
    for key, pair in pairs.items():
        for one in pair.differences[:differences]:
            line(f"{key}: 1st {WORDS[one.first]}, 2nd {WORDS[one.second]}: {one.id[:12]} {one.title}")


def between(interval: Interval) -> str:
    """The ends of an interval; empty where there is none."""
    return "" if math.isnan(interval.low) else f"{figure(interval.low)} – {figure(interval.high)}"
