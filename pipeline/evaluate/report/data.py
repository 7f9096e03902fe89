"""What the report is made of: plain records; whatever is optional may be left out, and its place on the page goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from models.evaluation.bootstrap import Difference, Interval
from pipeline.evaluate.report.changes import Changes
from pipeline.evaluate.report.evidence import Figures, Group, Mistake, QuotedNeighbour
from pipeline.evaluate.report.newsroom import Newsroom


@dataclass(frozen=True)
class Part:
    """One part of the split: ``train``, ``validation`` or ``test``, its articles, their dates, how many have none."""

    name: str
    articles: int
    first: date | None = None
    last: date | None = None
    undated: int = 0


@dataclass(frozen=True)
class Rival:
    """A baseline, or another head, on the same test articles.

    Parameters
    ----------
    name
        ``majority``, ``knn``, ``tfidf_word``, ``tfidf_char``, or any other name, shown as it is.
    figures
        Figure → value with its interval, named as in `models.evaluation.metrics.BinaryMetrics`.
    gap
        How far the bundle's head is above it in average precision, on the same resamples.
    """

    name: str
    figures: Figures
    gap: Difference | None = None


@dataclass(frozen=True)
class CategoryTest:
    """One category on the test articles with a known label.

    Parameters
    ----------
    truth, probability, verdicts
        (n,) bool, float64 in [0, 1], and ``yes``, ``ask`` or ``no``.
    yes, no
        The thresholds; equal ones leave no one to ask.
    kind
        The kind of head.
    by_source, sources
        The largest sources, and how many there are.
    """

    key: str
    title: str
    truth: npt.NDArray[np.bool_]
    probability: npt.NDArray[np.float64]
    verdicts: npt.NDArray[np.str_]
    yes: float
    no: float
    figures: Figures
    kind: str = ""
    rivals: tuple[Rival, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    by_source: tuple[Group, ...] = ()
    by_month: tuple[Group, ...] = ()
    sources: int = 0


@dataclass(frozen=True)
class Pair:
    """Two categories, by title, and how many articles they share or confuse."""

    first: str
    second: str
    articles: int


@dataclass(frozen=True)
class Total:
    """One model's figures of all verdicts at once: all known pairs as if of one category, and whole articles."""

    micro: Figures
    subset_accuracy: Interval
    hamming_loss: Interval


@dataclass(frozen=True)
class Together:
    """All categories at once.

    Parameters
    ----------
    macro
        Mean over categories.
    total, totals
        What the bundle's verdicts come to, and those of each baseline.
    rivals
        Baselines with their macro figures.
    averaged, left_out
        Titles of the categories that the mean is over, and of those with no test article in them, or none outside.
    cardinality, predicted_cardinality
        Categories an article has, by labels and by verdicts.
    co_occurrence
        Articles that are in both categories.
    confusions
        Articles given the first category wrongly while they are in the second.
    """

    macro: Figures
    total: Total
    totals: Mapping[str, Total] = field(default_factory=dict)
    rivals: tuple[Rival, ...] = ()
    averaged: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    cardinality: float | None = None
    predicted_cardinality: float | None = None
    co_occurrence: tuple[Pair, ...] = ()
    confusions: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class ReportData:
    """Everything the page shows.

    Parameters
    ----------
    bundle, created, encoder
        Its id, when it was evaluated, and one line about the encoder.
    newsroom, newsroom_rivals
        What it gains the newsroom, and what each baseline would.
    changes
        What differs from the bundle it is compared with.
    commands
        The commands that made these numbers.
    resamples
        Behind every interval.
    """

    bundle: str
    created: datetime
    encoder: str
    parts: tuple[Part, ...]
    categories: tuple[CategoryTest, ...]
    together: Together | None = None
    newsroom: Newsroom | None = None
    newsroom_rivals: Mapping[str, Newsroom] = field(default_factory=dict)
    changes: Changes | None = None
    commands: tuple[str, ...] = ()
    resamples: int = 1000

    @property
    def asks(self) -> bool:
        """Whether any category has a middle band, whose articles are left to a person."""
        return any(test.yes != test.no for test in self.categories)

    @property
    def neighbours(self) -> tuple[QuotedNeighbour, ...]:
        """The articles near the mistakes, each once, in the order of their mention."""
        mistakes = [mistake for test in self.categories for mistake in test.mistakes]
        return tuple({near.id: near for mistake in mistakes for near in mistake.neighbours if near.id}.values())
