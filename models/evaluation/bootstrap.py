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
from scipy.stats import binomtest

from models.arrays import Reals, Truth
from models.errors import ModelError
from models.evaluation.exact import Mean, Whole
from models.evaluation.weighted import Statistic

BLOCK_CELLS = 1 << 21


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Resampled:
    """A figure and what it came to in every resample.

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


@dataclass(frozen=True)
class Difference:
    """How much one figure is above another, the 95 % interval of that, and the two-sided p of "not at all"."""

    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class McNemar:
    """Articles that only the first, or only the second of two models has right, and the two-sided p of "equal"."""

    only_first: int
    only_second: int
    p: float


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
        From weights (n_weightings, n) to named figures, see `weighted` and `metrics`.
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


def paired_difference(first: Resampled, second: Resampled) -> Difference:
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
    return Difference(first.value - second.value, *percentiles(gaps), p=min(1.0, 2 * min(sides) / (1 + len(gaps))))


def mcnemar(first_right: Truth, second_right: Truth) -> McNemar:
    """Test whether two models are right equally often on the same articles, exactly.

    McNemar, "Note on the sampling error of the difference between correlated proportions" (Psychometrika 1947).

    ``first_right`` and ``second_right`` are (n,) bool: the model's verdict agrees with the label.
    """
    only_first, only_second = int((first_right & ~second_right).sum()), int((second_right & ~first_right).sum())
    differ = only_first + only_second
    return McNemar(only_first, only_second, float(binomtest(only_first, differ).pvalue) if differ else 1.0)


def percentiles(values: Reals) -> tuple[float, float]:
    """The middle 95 % of the values that are defined."""
    defined = values[np.isfinite(values)]
    low, high = np.percentile(defined, [2.5, 97.5]) if len(defined) else (np.nan, np.nan)
    return float(low), float(high)
