"""Overlaps: which categories share articles, and which are taken for one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np

from models.arrays import Reals, Truth
from models.evaluation.record import Record
from models.evaluation.weighted import ratio


class CoOccurrence(Record):
    """Two categories, the articles in both, and the ``known`` ones labelled for both."""

    first: str
    second: str
    articles: int
    known: int


class Confusion(Record):
    """Articles given category ``said``, which they are not in, while they are in ``true``."""

    said: str
    true: str
    articles: int


def co_occurrence(keys: Sequence[str], truth: Reals) -> tuple[CoOccurrence, ...]:
    """Count the articles that are in both of two categories; most first, none left out."""
    pairs = [
        CoOccurrence(
            first=keys[i],
            second=keys[j],
            articles=int(((truth[:, i] == 1) & (truth[:, j] == 1)).sum()),
            known=int(np.isfinite(truth[:, i] + truth[:, j]).sum()),
        )
        for i, j in combinations(range(len(keys)), 2)
    ]
    return tuple(sorted((pair for pair in pairs if pair.articles), key=lambda pair: -pair.articles))


def confusions(keys: Sequence[str], truth: Reals, decided: Truth) -> tuple[Confusion, ...]:
    """Count the articles that are given one category wrongly while they are in another; most first."""
    pairs = [
        Confusion(
            said=keys[i],
            true=keys[j],
            articles=int((decided[:, i] & (truth[:, i] == 0) & (truth[:, j] == 1)).sum()),
        )
        for i, j in permutations(range(len(keys)), 2)
    ]
    return tuple(sorted((pair for pair in pairs if pair.articles), key=lambda pair: -pair.articles))


def cardinality(positive: Truth, has_label: Truth) -> float:
    """How many categories an article has: the sum of their shares among known labels.

    With no label unknown it is the usual mean count. Both are (n, n_categories) bool.
    """
    return float(np.nansum(ratio((positive & has_label).sum(axis=0), has_label.sum(axis=0))))
