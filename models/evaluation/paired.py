"""Paired: two models on the same articles, the difference of a figure draw by draw and of their verdicts one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.arrays import Truth
from models.errors import ModelError
from models.evaluation.bootstrap import Resampled, percentiles
from models.evaluation.record import Figure


@dataclass(frozen=True)
class PairedDifference:
    """How much one figure is above another, the 95 % interval of that, and the two-sided p of "not at all"."""

    value: Figure
    low: Figure
    high: Figure
    p: float


@dataclass(frozen=True)
class McNemar:
    """Articles that only the first, or only the second of two models has right, and the two-sided p of "equal"."""

    only_first: int
    only_second: int
    p: float


def paired_difference(first: Resampled, second: Resampled) -> PairedDifference:
    """Compare two models on the same draws.

    The p-value is twice the smaller share of draws on the far side of zero, one draw added to each so that it is never
    zero: Davison and Hinkley, "Bootstrap Methods and their Application" (1997), section 4.4.

    Raises
    ------
    ModelError
        When the two figures come from different draws.
    """
    if first.draw != second.draw:
        raise ModelError(
            f"figures of different draws ({first.draw}, {second.draw}) cannot be paired; "
            "resample both on the same articles with the same seed",
            exit_code=2,
        )
    gaps = first.replicates - second.replicates
    gaps = gaps[np.isfinite(gaps)]
    sides = (1 + (gaps <= 0).sum(), 1 + (gaps >= 0).sum())
    return PairedDifference(
        first.value - second.value, *percentiles(gaps), p=min(1.0, 2 * min(sides) / (1 + len(gaps)))
    )


def mcnemar(first_right: Truth, second_right: Truth) -> McNemar:
    """Test whether two models are right equally often on the same articles, exactly.

    McNemar, "Note on the sampling error of the difference between correlated proportions" (Psychometrika 1947).

    ``first_right`` and ``second_right`` are (n,) bool: the model's verdict agrees with the label.
    """
    only_first, only_second = int((first_right & ~second_right).sum()), int((second_right & ~first_right).sum())
    differ = only_first + only_second
    from scipy.stats import binomtest  # 0.5 s, which reading an evaluation need not wait for

    return McNemar(only_first, only_second, float(binomtest(only_first, differ).pvalue) if differ else 1.0)
