"""Stats: how many labels of each category are whose, and how far annotators agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.labels.agreement import Pair, pairs
from pipeline.labels.annotators import by_trust
from pipeline.labels.show_labels import stored_opinions
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings


@dataclass(frozen=True)
class Given:
    """One annotator's latest opinions in a category; ``counts`` are those that are the label of today."""

    positive: int = 0
    negative: int = 0
    withdrawn: int = 0
    counts: int = 0


@dataclass(frozen=True)
class CategoryStats:
    """A category's opinions.

    Parameters
    ----------
    annotators
        Annotator → opinions, the most trusted first.
    pairs
        Every two annotators who labelled the same articles.
    note
        Why nobody can be compared; empty where somebody is.
    """

    annotators: dict[str, Given]
    pairs: tuple[Pair, ...]
    note: str


@dataclass(frozen=True)
class LabelStats:
    """Every category's opinions, and how many opinions wait for an article that is not in the store."""

    categories: dict[str, CategoryStats]
    waiting: int


def label_stats(home: Home, settings: Settings, only: Sequence[str] = ()) -> LabelStats:
    """Count the opinions about stored articles and compare those who gave them.

    Parameters
    ----------
    only
        Only these categories; empty: all of the settings.

    Raises
    ------
    PipelineError
        For an unknown category (exit code 2).
    """
    keys = chosen_categories(settings, only)
    opinions, waiting = stored_opinions(home)
    compared = pairs(home, opinions, keys, settings.evaluate.bootstrap)
    opinions_of = count_opinions(opinions)
    categories = {}
    for key in keys:
        annotators = opinions_of.get(key, {})
        note = "" if compared[key] else why_alone(annotators)
        categories[key] = CategoryStats(annotators, tuple(compared[key]), note)
    return LabelStats(categories, waiting)


def count_opinions(opinions: pa.Table) -> dict[str, dict[str, Given]]:
    """Category → annotator → how many opinions of each kind."""
    groups = opinions.group_by(["category", "annotator", "value", "counts"]).aggregate([([], "count_all")]).to_pylist()
    names = {1: "positive", 0: "negative", None: "withdrawn"}
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for row in groups:
        kinds = sums.setdefault((row["category"], row["annotator"]), {})
        kinds[names[row["value"]]] = kinds.get(names[row["value"]], 0) + row["count_all"]
        kinds["counts"] = kinds.get("counts", 0) + row["counts"] * row["count_all"]
    counted: dict[str, dict[str, Given]] = {}
    for category, annotator in sorted(sums, key=lambda pair: by_trust(pair[1])):
        counted.setdefault(category, {})[annotator] = Given(**sums[category, annotator])
    return counted


def why_alone(annotators: Mapping[str, Given]) -> str:
    """No annotator, one, or several who never met."""
    if not annotators:
        return "no labels"
    if len(annotators) == 1:
        return f"one annotator, {next(iter(annotators))}: nobody to compare with"
    return f"{len(annotators)} annotators, but no article that two of them labelled"
