"""Explaining: a score taken apart into what each word, the vector and the intercept added to it, exactly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contributions:
    """The summands of one score.

    Parameters
    ----------
    words
        (word, contribution) of every word of the text once, the largest first; above zero it speaks for the category.
    dense
        What the vector as a whole added.
    intercept
        The score of an article with no features.
    """

    words: tuple[tuple[str, float], ...]
    dense: float
    intercept: float

    @property
    def score(self) -> float:
        """The head's score, to rounding."""
        return sum(value for _, value in self.words) + self.dense + self.intercept

    def strongest(self, count: int) -> tuple[tuple[str, float], ...]:
        """The words that decided, for or against, the strongest first."""
        return tuple(sorted(self.words, key=lambda item: -abs(item[1]))[:count])
