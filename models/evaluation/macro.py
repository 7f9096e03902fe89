"""Macro: the mean over categories, over the same ones for every model, so that none gains by what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from models.arrays import Reals
from models.evaluation.registry import NAMES
from models.evaluation.weighted import COUNTS, ratio


def macro_figures(categories: Sequence[Mapping[str, Reals]]) -> dict[str, Reals]:
    """Mean over the categories that have articles in them and outside, the same ones whatever a model answers.

    A category in which a model says "yes" to nothing counts with precision 0, as under scikit-learn's
    ``zero_division=0``: left out, it would raise the mean of the model that dares least.

    Parameters
    ----------
    categories
        The metrics and `COUNTS` of each, (n_weightings,).

    Returns
    -------
    dict
        Metric → (n_weightings,) float64; NaN where no category has both.
    """
    tp, fp, fn, tn = (np.array([figures[name] for figures in categories]) for name in COUNTS)
    both = (tp + fn > 0) & (fp + tn > 0)
    tables = {name: np.nan_to_num(np.array([figures[name] for figures in categories])) for name in NAMES}
    return {name: ratio((table * both).sum(axis=0), both.sum(axis=0)) for name, table in tables.items()}


def averaged_keys(keys: Sequence[str], truth: Reals) -> list[str]:
    """The categories that a macro average is over: those with articles in them and outside."""
    both = (truth == 1).any(axis=0) & (truth == 0).any(axis=0)
    return [key for key, counts in zip(keys, both.tolist(), strict=True) if counts]
