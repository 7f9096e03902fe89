"""The curve: average precision against labelled articles in several repeats, and the interval over these.

The repeats share articles, so their spread alone is too small an error: the variance of the mean is taken as the spread
times 1/J + held out/trained, with Student's t of J - 1 degrees; Nadeau and Bengio, "Inference for the Generalization
Error" (NIPS 1999), section 3. It covers the luck of the training set and that of the held-out articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

from models.arrays import Reals, Truth
from models.evaluation.bootstrap import Interval

HELD_OUT = 0.25  # of the near-duplicate clusters
SHARE = (0.0, 1.0)


@dataclass(frozen=True)
class Curve:
    """One category, or the mean over several.

    Parameters
    ----------
    sizes
        (n_sizes,) float64 labelled articles, of any category, that trained.
    head, knn
        (n_repeats, n_sizes) float64 average precision on the held-out articles, that of the head and that of the
        nearest neighbours; NaN where no held-out article is of the category.
    prevalence
        (n_repeats,) share of positives among the held-out articles: the average precision of knowing nothing.
    fitted
        (n_repeats, n_sizes) bool: the labels were enough for a head. Where they were not, ``head`` is the prevalence.
    positives
        (n_repeats, n_sizes) positives that trained.
    """

    sizes: Reals
    head: Reals
    knn: Reals
    prevalence: Reals
    fitted: Truth
    positives: npt.NDArray[np.intp]

    @property
    def settled(self) -> Truth:
        """(n_sizes,) bool: there was a head in every repeat."""
        return np.asarray(self.fitted.all(axis=0))

    @cached_property
    def of_head(self) -> list[Interval]:
        """The head's average precision at every size."""
        return [over_repeats(values, within=SHARE) for values in self.head.T]

    @cached_property
    def of_knn(self) -> list[Interval]:
        """That of the nearest neighbours."""
        return [over_repeats(values, within=SHARE) for values in self.knn.T]

    @property
    def majority(self) -> float:
        """The average precision of knowing nothing."""
        return over_repeats(self.prevalence).value


def stacked(repeats: Sequence[Curve]) -> Curve:
    """The repeats of one category as one curve."""
    names = [field.name for field in fields(Curve) if field.name != "sizes"]
    return Curve(
        repeats[0].sizes, **{name: np.concatenate([getattr(curve, name) for curve in repeats]) for name in names}
    )


def mean_curve(curves: Sequence[Curve]) -> Curve:
    """The mean over categories, in every repeat over the same ones at every size.

    A category that has no head yet counts with its prevalence, so that the curve does not jump for having fewer
    categories at its beginning.
    """
    return Curve(
        sizes=curves[0].sizes,
        head=mean_of_defined([curve.head for curve in curves]),
        knn=mean_of_defined([curve.knn for curve in curves]),
        prevalence=mean_of_defined([curve.prevalence for curve in curves]),
        fitted=np.all([curve.fitted for curve in curves], axis=0),
        positives=np.sum([curve.positives for curve in curves], axis=0),
    )


def mean_of_defined(values: Sequence[Reals]) -> Reals:
    """The mean over the first axis of what is not NaN; NaN where nothing is."""
    return np.asarray(np.ma.masked_invalid(values).mean(axis=0).filled(np.nan))


def over_repeats(
    values: Reals, value: float | None = None, besides: float = 0.0, within: tuple[float, float] = (-np.inf, np.inf)
) -> Interval:
    """The mean over repeats with its 95 % interval.

    Parameters
    ----------
    values
        (n_repeats,) float64; NaN are left out, and of fewer than two there is no interval.
    value
        What stands in the middle; None: the mean.
    besides
        Another error, as half the width of its 95 % interval, independent of the repeats.
    within
        What the interval cannot leave.
    """
    defined = values[np.isfinite(values)]
    n = len(defined)
    if not n:
        return Interval(np.nan, np.nan, np.nan)
    middle = float(defined.mean()) if value is None else value
    if n < 2:
        return Interval(middle, np.nan, np.nan)
    error = np.sqrt(defined.var(ddof=1) * (1 / n + HELD_OUT / (1 - HELD_OUT)))
    reach = np.hypot(student.ppf(0.975, n - 1) * error, besides)
    low, high = np.clip([middle - reach, middle + reach], *within).tolist()
    return Interval(middle, low, high)
