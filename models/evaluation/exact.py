"""Exact: the interval of a share where none, or all, of the articles count and the bootstrap sees no luck.

Every resample of a perfect sample is perfect, so these intervals are those of Clopper and Pearson, "The use of
confidence or fiducial limits" (Biometrika 26, 1934).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Truth


@dataclass(frozen=True)
class Whole:
    """What a share is a share of.

    Parameters
    ----------
    rows
        (n,) bool: the articles it is over.
    f1
        The figure is no share but an F1, which is ``2 J / (1 + J)`` of one: of the articles in the category among all
        that are in it or said to be.
    """

    rows: Truth
    f1: bool = False

    def bounds(self, value: float, clusters: Sequence[str]) -> tuple[float, float] | None:
        """The 95 % interval of a figure of 0 or 1; None for any other.

        Parameters
        ----------
        clusters
            (n,) near-duplicate clusters: a story counts once.
        """
        stories = len(np.unique(np.asarray(clusters)[self.rows]))
        if not stories or value not in (0, 1):
            return None
        low, high = share_bounds(int(value) * stories, stories)
        return (2 * low / (1 + low), 2 * high / (1 + high)) if self.f1 else (low, high)


@dataclass(frozen=True)
class Mean:
    """A mean of such figures: of 0 or 1 only where each of them is, and then no less certain than the mean of each."""

    parts: tuple[Whole, ...]

    def bounds(self, value: float, clusters: Sequence[str]) -> tuple[float, float] | None:
        """The 95 % interval of a mean of 0 or 1, wide rather than narrow; None for any other."""
        if not self.parts or value not in (0, 1):
            return None
        ends = [part.bounds(value, clusters) or (value, value) for part in self.parts]
        low, high = np.mean(ends, axis=0).tolist()
        return low, high


def share_bounds(counting: int, stories: int) -> tuple[float, float]:
    """The exact 95 % interval of a share of so many stories."""
    from scipy.stats import binomtest  # 0.5 s, which reading an evaluation need not wait for

    ends = binomtest(counting, stories).proportion_ci(0.95, method="exact")
    return float(ends.low), float(ends.high)
