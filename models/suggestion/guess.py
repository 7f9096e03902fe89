"""Guessing: where a category has no head yet, its description and its few positives say where it may be.

The articles that share the most words with the description are taken for examples, and what lies near them in the
vectors comes first: Rocchio, "Relevance feedback in information retrieval" (1971), with the feedback taken blindly,
Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 9.1.6.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import scipy.sparse as sp

from models.arrays import Floats, Reals, Truth
from models.features import Features, learn_scaling, tfidf

EXAMPLES = 20
DESCRIPTION_WORTH = 3.0  # positives that the description counts for
STEEPNESS = 10  # as if about one article in ten were of the category
READ = ("char", "stem")


def matches(features: Features, descriptions: Mapping[str, sp.csr_matrix]) -> Reals:
    """Cosine of the TF-IDF rows of articles and descriptions, summed over characters and stems.

    Parameters
    ----------
    features
        The views of n articles, from which document frequencies are learned.
    descriptions
        Lexical block → (n_categories, buckets) CSR matrix of counts; a row without any stands for no description.

    Returns
    -------
    ndarray of shape (n, n_categories), float64
        In [0, 2].
    """
    idf = learn_scaling(features).idf
    products = (
        tfidf(block, features.lexical[block], idf[block]) @ tfidf(block, descriptions[block], idf[block]).T
        for block in READ
    )
    return np.asarray(sum(product.toarray() for product in products), dtype=np.float64)


def guess(directions: Floats, match: Reals, positive: Truth, negative: Truth) -> Reals:
    """Guess how likely each article is of a category: 1 for the first in the order of likeness, falling steeply.

    Parameters
    ----------
    directions
        (n, dim) float32 of length one.
    match
        (n,) agreement with the description.
    positive, negative
        (n,) bool: what is labelled so.

    Returns
    -------
    ndarray of shape (n,), float64
        In [0, 1]; zeros where neither description nor positives say anything.
    """
    likely = np.where(negative, 0.0, match)
    best = np.argsort(-likely, kind="stable")[:EXAMPLES]
    best = best[likely[best] > 0]
    wanted = directions[positive].sum(axis=0, dtype=np.float64)
    if len(best):
        wanted += DESCRIPTION_WORTH * directions[best].mean(axis=0, dtype=np.float64)
    if not wanted.any():
        return np.zeros(len(directions))
    order = np.argsort(directions @ wanted.astype(np.float32), kind="stable")
    rank = np.empty(len(order))
    rank[order] = np.arange(1, len(order) + 1) / len(order)
    return np.asarray(rank**STEEPNESS)
