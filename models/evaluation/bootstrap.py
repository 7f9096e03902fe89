"""Bootstrap: how much of a figure is luck, by drawing the test articles again, story by story.

Near-duplicates are one story, so they are drawn together: Field and Welsh, "Bootstrapping clustered data" (JRSS B
2007). Intervals are 95 % percentile intervals, Efron and Tibshirani, "An Introduction to the Bootstrap" (1993). The
calibration error of a resample is larger than the sample's own, so its interval may lie above the value. A share of
exactly 0 or 1 is the same in every resample; its interval is exact, see `exact`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Reals
from models.evaluation.exact import Mean, Whole
from models.evaluation.record import Figure
from models.evaluation.weighted import Statistic

BLOCK_CELLS = 1 << 21


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval."""

    value: Figure
    low: Figure
    high: Figure


@dataclass(frozen=True)
class Resampled:
    """A figure on the articles as they are, and in every resample.

    Parameters
    ----------
    value
        On the articles as they are.
    replicates
        (n_replicates,) float64, NaN where a resample left it undefined.
    draw
        Name of the resamples: two figures of one draw can be paired.
    exact
        The interval where resamples know none.
    """

    value: float
    replicates: Reals
    draw: str
    exact: tuple[float, float] | None = None

    @property
    def interval(self) -> Interval:
        """The exact interval, else the 95 % percentile interval over the resamples that define the figure, else NaN."""
        return Interval(self.value, *(self.exact or percentiles(self.replicates)))


def cluster_bootstrap(
    statistic: Statistic,
    clusters: Sequence[str],
    replicates: int = 1000,
    seed: int = 0,
    wholes: Mapping[str, Whole | Mean] | None = None,
) -> dict[str, Resampled]:
    """Draw clusters with replacement, as many as there are, and compute figures on every draw.

    Parameters
    ----------
    statistic
        From weights (n_weightings, n) to named figures, see `metrics`.
    clusters
        Near-duplicate cluster of each of the n articles.
    replicates, seed
        Number of draws, and where they start: the same for two models, they can be compared draw by draw.
    wholes
        Figure → what it is a share of, where it is one.
    """
    names, member_of = np.unique(np.asarray(clusters), return_inverse=True)
    draw = hashlib.sha256(f"{replicates} {seed} ".encode() + member_of.astype(np.int64).tobytes()).hexdigest()[:16]
    values = statistic(np.ones((1, len(member_of))))
    parts = [statistic(weights) for weights in draws(member_of, len(names), replicates, seed)]
    exact = {name: whole.bounds(float(values[name][0]), clusters) for name, whole in (wholes or {}).items()}
    return {
        name: Resampled(float(value[0]), np.concatenate([part[name] for part in parts]), draw, exact.get(name))
        for name, value in values.items()
    }


def draws(member_of: npt.NDArray[np.intp], clusters: int, replicates: int, seed: int) -> Iterator[Reals]:
    """Weights of the articles in every draw, (n_draws, n) at a time, a few megabytes each."""
    rng = np.random.default_rng(seed)
    step = max(1, BLOCK_CELLS // max(len(member_of), 1))
    for start in range(0, replicates, step):
        size = min(step, replicates - start)
        drawn = rng.integers(clusters, size=(size, clusters)) + np.arange(size)[:, None] * clusters
        counts = np.bincount(drawn.ravel(), minlength=size * clusters).reshape(size, clusters)
        yield counts.astype(np.float64)[:, member_of]


def percentiles(values: Reals) -> tuple[float, float]:
    """The middle 95 % of the values that are defined."""
    defined = values[np.isfinite(values)]
    low, high = np.percentile(defined, [2.5, 97.5]) if len(defined) else (np.nan, np.nan)
    return float(low), float(high)
