"""The metrics: each is one function and one entry of `METRICS`, which every table, page, card, JSON and SQL follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.arrays import Reals, Truth
from models.evaluation.exact import Whole
from models.evaluation.weighted import Weighed, ratio

Narrow = Literal["card", "changes", "verdicts"]


@dataclass(frozen=True)
class Metric:
    """A metric of one category; intervals, averages and columns follow from the entry.

    Parameters
    ----------
    name
        Its key in JSON and SQL.
    figure
        From a weighed sample to (n_weightings,) float64, NaN where it is undefined. Sums over articles stay matrix
        products (`Weighed.sums`), so that a thousand resamples cost one.
    english, russian
        Its name in the terminal and the model card, and on the page.
    meaning
        What the page's glossary says of it, in Russian.
    column
        Its name where a column is narrow; empty: the English one.
    narrow
        Tables with room for a few metrics that have this one: the model card, the comparison of two bundles, and what
        the page says of verdicts alone (groups of articles, all categories as one). All other tables have all metrics.
    share_of
        For a share, or F1: from what is decided and what is so, both (n,) bool, to the articles it is a share of. It
        gives a figure of 0 or 1 an exact interval, which resamples cannot.
    """

    name: str
    figure: Callable[[Weighed], Reals]
    english: str
    russian: str
    meaning: str
    column: str = ""
    narrow: tuple[Narrow, ...] = ()
    share_of: Callable[[Truth, Truth], Whole] | None = None


def average_precision(weighed: Weighed) -> Reals:
    """Mean precision over the positives as the ranking finds them, a step at every distinct probability.

    As scikit-learn's, without interpolation; undefined without positives.
    """
    positive, everything = weighed.ranked
    gained = np.diff(positive, axis=1, prepend=0)
    summed = np.einsum("rn,rn->r", gained, positive / np.maximum(everything, 1e-12))
    return ratio(summed, positive.max(axis=1, initial=0))


def roc_auc(weighed: Weighed) -> Reals:
    """Chance that a positive is ranked above a negative, a tie counting half; undefined with one class."""
    positive, everything = weighed.ranked
    negative = everything - positive
    gained, tied = np.diff(positive, axis=1, prepend=0), np.diff(negative, axis=1, prepend=0)
    positives, negatives = positive.max(axis=1, initial=0), negative.max(axis=1, initial=0)
    below = np.einsum("rn,rn->r", gained, negatives[:, None] - negative + tied / 2)
    return ratio(below, positives * negatives)


def precision(weighed: Weighed) -> Reals:
    """Share of "yes" that is right; undefined where nothing is decided."""
    tp, fp, _, _ = weighed.counts.values()
    return ratio(tp, tp + fp)


def recall(weighed: Weighed) -> Reals:
    """Share of positives that get "yes"; undefined without positives."""
    tp, _, fn, _ = weighed.counts.values()
    return ratio(tp, tp + fn)


def f1(weighed: Weighed) -> Reals:
    """Harmonic mean of precision and recall; undefined without positives, 0 where "yes" is never said."""
    tp, fp, fn, _ = weighed.counts.values()
    return ratio(2 * tp, np.where(tp + fn > 0, 2 * tp + fp + fn, 0))


def brier(weighed: Weighed) -> Reals:
    """Mean squared error of the probability."""
    return ratio(weighed.sums(weighed.sample.errors**2), weighed.total)


def ece(weighed: Weighed) -> Reals:
    """Expected calibration error, over `equal_mass_bins`."""
    return ratio(np.abs(weighed.sums(weighed.sample.errors_in_bins)).sum(axis=1), weighed.total)


METRICS: tuple[Metric, ...] = (
    Metric(
        "average_precision", average_precision, "average precision", "AP", column="AP", narrow=("card", "changes"),
        meaning="средняя точность по всем порогам: площадь под кривой «точность — полнота».",
    ),
    Metric(
        "roc_auc", roc_auc, "ROC AUC", "ROC AUC",
        meaning="вероятность того, что статья рубрики получит больше, чем статья вне её.",
    ),
    Metric(
        "precision", precision, "precision", "Точность", narrow=("card", "verdicts"),
        meaning="доля верных среди статей, которым модель сказала «да».",
        share_of=lambda decided, positive: Whole(decided),
    ),
    Metric(
        "recall", recall, "recall", "Полнота", narrow=("card", "verdicts"),
        meaning="доля найденных среди статей, которые и правда в рубрике.",
        share_of=lambda decided, positive: Whole(positive),
    ),
    Metric(
        "f1", f1, "F1", "F1", narrow=("card", "changes", "verdicts"),
        meaning="среднее гармоническое точности и полноты при действующем пороге.",
        share_of=lambda decided, positive: Whole(decided | positive, f1=True),
    ),
    Metric("brier", brier, "Brier", "Brier", meaning="средний квадрат ошибки вероятности; ноль — лучше всего."),
    Metric(
        "ece", ece, "ECE", "ECE",
        meaning="насколько в среднем вероятность расходится с долей верных (десять равных по числу статей групп).",
    ),
)  # fmt: skip
NAMES = tuple(metric.name for metric in METRICS)
# Heads are put beside baselines, and bundles beside one another, by the metric that no threshold moves.
LEADING = METRICS[0]


def columns(table: Narrow) -> tuple[Metric, ...]:
    """The metrics of a table that has no room for all."""
    return tuple(metric for metric in METRICS if table in metric.narrow)
