"""Evidence: what the page shows beside the evaluation's figures, so that they can be believed or doubted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from pipeline.evaluate.report.examples import Group, Mistake, QuotedNeighbour


@dataclass(frozen=True)
class Part:
    """One part of the split: ``train``, ``validation`` or ``test``, its articles, their dates, how many have none."""

    name: str
    articles: int
    first: date | None = None
    last: date | None = None
    undated: int = 0


@dataclass(frozen=True)
class CategoryEvidence:
    """One category on the test articles with a known label; whatever is optional may be left out, and its place goes.

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
    kind: str = ""
    mistakes: tuple[Mistake, ...] = ()
    by_source: tuple[Group, ...] = ()
    by_month: tuple[Group, ...] = ()
    sources: int = 0


@dataclass(frozen=True)
class Evidence:
    """What the page shows that is no figure of the evaluation.

    Parameters
    ----------
    zone
        Of the days and months on the page.
    encoder
        One line about it.
    commands
        The commands that made the figures.
    resamples
        Behind every interval.
    """

    zone: ZoneInfo
    encoder: str
    parts: tuple[Part, ...]
    categories: tuple[CategoryEvidence, ...]
    commands: tuple[str, ...] = ()
    resamples: int = 1000

    @property
    def titles(self) -> dict[str, str]:
        """Category → title."""
        return {category.key: category.title for category in self.categories}

    @property
    def asks(self) -> bool:
        """Whether any category has a middle band, whose articles are left to a person."""
        return any(category.yes != category.no for category in self.categories)

    @property
    def neighbours(self) -> tuple[QuotedNeighbour, ...]:
        """The articles near the mistakes, each once, in the order of their mention."""
        mistakes = [mistake for category in self.categories for mistake in category.mistakes]
        return tuple({near.id: near for mistake in mistakes for near in mistake.neighbours if near.id}.values())
