"""What the report shows of single articles and of their groups, so that a figure can be believed or doubted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.bootstrap import Interval

SMALL_GROUP = 30
Figures = Mapping[str, Interval]


@dataclass(frozen=True)
class Neighbour:
    """A labelled article near another one: its title, its label and the cosine between them."""

    title: str
    label: bool
    similarity: float


@dataclass(frozen=True)
class Mistake:
    """A confident mistake, with what explains it.

    Parameters
    ----------
    truth
        The label, which the verdict contradicts.
    words
        The words that decided: (word, weight), above zero in favour of the category.
    neighbours
        The nearest labelled articles.
    """

    id: str
    title: str
    source: str
    published: date | None
    truth: bool
    probability: float
    words: tuple[tuple[str, float], ...] = ()
    neighbours: tuple[Neighbour, ...] = ()


@dataclass(frozen=True)
class Group:
    """The test articles of one source or one month.

    Parameters
    ----------
    name
        A source, or a month as ``2024-05``.
    articles, positives
        Known labels, and those of them that are yes.
    figures
        The head's figures on them; ``baseline`` the best baseline's, if computed.
    """

    name: str
    articles: int
    positives: int
    figures: Figures
    baseline: Figures | None = None

    @property
    def small(self) -> bool:
        """Too few articles to conclude anything from."""
        return self.articles < SMALL_GROUP


@dataclass(frozen=True)
class Flip:
    """An article whose verdict differs between two bundles."""

    title: str
    truth: bool
    before: Literal["yes", "ask", "no"]
    after: Literal["yes", "ask", "no"]
