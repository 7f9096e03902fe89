"""Repeats: several draws of one category, or of the mean over categories, and the interval over them.

The draws share articles, so their spread alone is too small an error: the variance of the mean is taken as the spread
times 1/J + held out/trained, with Student's t of J - 1 degrees; Nadeau and Bengio, "Inference for the Generalization
Error" (NIPS 1999), section 3. It covers the luck of the training set and that of the held-out articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from models.arrays import Reals, Truth
from models.evaluation.bootstrap import Interval
from models.learning_curve.points import Points

HELD_OUT = 0.25


@dataclass(frozen=True)
class Curve:
    """Average precision against labelled articles.

    Parameters
    ----------
    sizes
        (n_sizes,) labelled articles, of any category, that trained.
    head, knn
        (n_repeats, n_sizes) float64; NaN where no held-out article is of the category.
    prevalence
        (n_repeats,) average precision of knowing nothing, the majority baseline.
    settled
        (n_sizes,) bool: the labels were enough for a head in every repeat.
    positives
        (n_sizes,) mean number of positives that trained.
    """

    sizes: Reals
    head: Reals
    knn: Reals
    prevalence: Reals
    settled: Truth
    positives: Reals


def category_curve(sizes: Sequence[int], repeats: Sequence[Points]) -> Curve:
    """Put one category's repeats side by side."""
    return Curve(
        np.array(sizes, dtype=np.float64),
        np.array([points.head for points in repeats]),
        np.array([points.knn for points in repeats]),
        np.array([points.prevalence for points in repeats]),
        np.all([points.fitted for points in repeats], axis=0),
        np.mean([points.positives for points in repeats], axis=0),
    )


def macro_curve(curves: Sequence[Curve]) -> Curve:
    """The mean over categories, in every repeat over the same ones at every size.

    A category that has no head yet counts with its prevalence, so that the curve does not jump for having fewer
    categories at its beginning.
    """
    return Curve(
        curves[0].sizes,
        mean_of_known([curve.head for curve in curves]),
        mean_of_known([curve.knn for curve in curves]),
        mean_of_known([curve.prevalence for curve in curves]),
        np.all([curve.settled for curve in curves], axis=0),
        np.sum([curve.positives for curve in curves], axis=0),
    )


def mean_of_known(values: Sequence[Reals]) -> Reals:
    """The mean over the first axis of what is not NaN; NaN where nothing is."""
    known = np.isfinite(values)
    return np.asarray(
        np.divide(
            np.where(known, values, 0).sum(axis=0), known.sum(axis=0), out=np.full(known.shape[1:], np.nan),
            where=known.any(axis=0),
        )
    )  # fmt: skip


def interval(values: Reals, value: float | None = None, besides: float = 0.0) -> Interval:
    """The mean over repeats with its 95 % interval.

    Parameters
    ----------
    values
        (n_repeats,) float64; NaN are left out, and of fewer than two there is no interval.
    value
        What stands in the middle; None: the mean.
    besides
        Another error, as half the width of its 95 % interval, independent of the repeats.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return Interval(float("nan"), float("nan"), float("nan"))
    middle = float(known.mean()) if value is None else value
    if len(known) < 2:
        return Interval(middle, float("nan"), float("nan"))
    error = np.sqrt(known.var(ddof=1) * (1 / len(known) + HELD_OUT / (1 - HELD_OUT)))
    reach = float(np.hypot(student.ppf(0.975, len(known) - 1) * error, besides))
    return Interval(middle, middle - reach, middle + reach)


def precision_interval(values: Reals, value: float | None = None, besides: float = 0.0) -> Interval:
    """The same of an average precision, which is not below 0 nor above 1."""
    found = interval(values, value, besides)
    low, high = np.clip([found.low, found.high], 0.0, 1.0).tolist()
    return Interval(found.value, low, high)
