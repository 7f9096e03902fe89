"""A linear score taken apart: every feature adds its weight times its value, and a feature's sum is its words'."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from models.arrays import Reals
from models.errors import ModelError
from models.explain import Contributions
from models.features import Features, standardised, tfidf
from models.heads.linear import LinearScorer
from models.lexical.words import WordCounts


def contributions(scorer: LinearScorer, features: Features, counts: WordCounts) -> Contributions:
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
    for name, weights in scorer.lexical.items():
        row = tfidf(name, features.lexical[name], scorer.scaling.idf[name])
        added += shared_out(row, row.data.astype(np.float64) * weights[row.indices], counts.blocks[name])
    total: dict[str, float] = {}
    for word, value in zip(counts.words, added.tolist(), strict=True):
        total[word] = total.get(word, 0.0) + value
    dense = float((standardised(features.dense, scorer.scaling) @ scorer.dense)[0])
    ranked = sorted(total.items(), key=lambda item: -item[1]) if scorer.lexical else []
    return Contributions(tuple(ranked), dense, scorer.intercept)


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
