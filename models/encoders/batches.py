"""Batches of like lengths: padding is arithmetic for nothing, and small batches fit the processor's cache."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.arrays import Rows

Indices = Rows


def token_batches(lengths: npt.NDArray[np.integer], budget: int) -> list[Indices]:
    """Group texts, longest first, so that rows times the longest row stays within a budget.

    Parameters
    ----------
    lengths
        (n,) tokens of each text.
    budget
        Most padded tokens of a batch; a text longer than that is a batch alone.

    Returns
    -------
    list of ndarray
        Row indices of each batch; every row is in exactly one.
    """
    order = np.argsort(-np.asarray(lengths), kind="stable")
    batches = []
    start = 0
    while start < len(order):
        rows = max(1, budget // max(1, int(lengths[order[start]])))
        batches.append(order[start : start + rows])
        start += rows
    return batches
