"""Examples: what the page shows of single articles and of groups of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.evaluation.figures import Figures
from pipeline.embed.neighbours import Neighbour

FEW = 10  # articles from which a share says something


@dataclass(frozen=True)
class QuotedNeighbour(Neighbour):
    """A neighbour that the page quotes: where and when it was printed, and how its text begins."""

    source: str = ""
    published: date | None = None
    beginning: str = ""


@dataclass(frozen=True)
class Mistake:
    """A confident mistake, with what explains it.

    Parameters
    ----------
    truth
        The label, which the verdict contradicts.
    words
        The strongest words: (word, weight), above zero in favour of the category.
    neighbours
        The nearest labelled articles.
    meaning, other_words, base
        What else adds up to the score: the vector as a whole, all words that are not shown, and the score of an
        article with no features; None where the score is no sum.
    score, needed
        The head's score, and the one from which it says "yes"; None where no score is enough.
    """

    id: str
    title: str
    source: str
    published: date | None
    truth: bool
    probability: float
    words: tuple[tuple[str, float], ...] = ()
    neighbours: tuple[QuotedNeighbour, ...] = ()
    meaning: float | None = None
    other_words: float | None = None
    base: float | None = None
    score: float | None = None
    needed: float | None = None


@dataclass(frozen=True)
class Group:
    """The test articles of one source or one month.

    Parameters
    ----------
    name
        A source, or a month as ``2024-05``.
    articles, positives
        Known labels, and those of them that are yes.
    figures, baseline
        The head's figures on them, and the best baseline's if there is one.
    """

    name: str
    articles: int
    positives: int
    figures: Figures
    baseline: Figures | None = None

    @property
    def small(self) -> bool:
        """Too few articles in the category, or outside it, to conclude anything from."""
        return min(self.positives, self.articles - self.positives) < FEW
