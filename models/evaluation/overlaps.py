"""Overlaps: which categories share articles, and which are taken for one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations
from typing import Any

import numpy as np

from models.arrays import Reals, Truth


def co_occurrence(keys: Sequence[str], truth: Reals) -> list[dict[str, Any]]:
    """Count articles that are in both of two categories, among the ``known`` ones labelled for both; most first."""
    found = [
        {
            "first": keys[i],
            "second": keys[j],
            "articles": int(((truth[:, i] == 1) & (truth[:, j] == 1)).sum()),
            "known": int(np.isfinite(truth[:, i] + truth[:, j]).sum()),
        }
        for i, j in combinations(range(len(keys)), 2)
    ]
    return sorted((pair for pair in found if pair["articles"]), key=lambda pair: -pair["articles"])


def confusions(keys: Sequence[str], truth: Reals, decided: Truth) -> list[dict[str, Any]]:
    """Count articles given category ``said``, which they are not in, while they are in ``true``; most first."""
    found = [
        {
            "said": keys[i],
            "true": keys[j],
            "articles": int((decided[:, i] & (truth[:, i] == 0) & (truth[:, j] == 1)).sum()),
        }
        for i, j in permutations(range(len(keys)), 2)
    ]
    return sorted((pair for pair in found if pair["articles"]), key=lambda pair: -pair["articles"])
