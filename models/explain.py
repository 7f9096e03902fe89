"""Explaining: a linear score taken apart into what each word, the vector and the intercept added to it, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from models.arrays import Reals
from models.errors import ModelError
from models.features import Features, standardised, tfidf
from models.heads.linear import LinearHead
from models.lexical.words import WordCounts


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


def contributions(head: LinearHead, features: Features, counts: WordCounts) -> Contributions:
    """Take the score of one article apart.

    A hashed feature adds its weight times its TF-IDF value; that is divided among the words in proportion to how often
    each brought the feature, whatever else falls into the same bucket.

    Parameters
    ----------
    features
        One row.
    counts
        The same text word by word.

    Raises
    ------
    ModelError
        When the features hold something that no word of the text has.
    """
    added = np.zeros(len(counts.words))
    for name, weights in head.lexical.items():
        row = tfidf(name, features.lexical[name], head.scaling.idf[name])
        added += shared_out(row, row.data.astype(np.float64) * weights[row.indices], counts.blocks[name])
    total: dict[str, float] = {}
    for word, value in zip(counts.words, added.tolist(), strict=True):
        total[word] = total.get(word, 0.0) + value
    dense = float((standardised(features.dense, head.scaling) @ head.dense)[0])
    ranked = sorted(total.items(), key=lambda item: -item[1]) if head.lexical else []
    return Contributions(tuple(ranked), dense, head.intercept)


def shared_out(row: sp.csr_matrix, values: Reals, by_word: sp.csr_matrix) -> Reals:
    """Divide the value of each feature of a row among the words that have the feature.

    Returns
    -------
    ndarray of shape (n_words,), float64
    """
    counts = np.asarray(by_word.sum(axis=0), dtype=np.float64).ravel()[row.indices]
    if (counts <= 0).any():
        raise ModelError("the lexical features are not of this text; make them again: rubrika embed")
    return np.asarray(by_word[:, row.indices] @ (values / counts), dtype=np.float64)


def take_apart(head: object, features: Features, counts: WordCounts) -> Contributions | None:
    """Take a score apart where it is a sum; None for a head that adds nothing up, as trees do."""
    return contributions(head, features, counts) if isinstance(head, LinearHead) else None
