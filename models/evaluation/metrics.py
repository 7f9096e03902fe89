"""Measuring: the metrics of one category's verdicts, and of all categories at once, counted over known labels alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Reals, Truth
from models.evaluation.exact import Mean, Whole
from models.evaluation.macro import averaged_keys, macro_figures
from models.evaluation.registry import LEADING, METRICS
from models.evaluation.weighted import Sample, Statistic, Weighed, ratio


@dataclass(frozen=True)
class BinaryMetrics:
    """One category's metrics on its articles as they are.

    Parameters
    ----------
    positives, negatives
        Known labels.
    figures
        Each of `METRICS` by name; NaN is undefined.
    counts
        Right and wrong "yes", wrong and right "no": ``tp``, ``fp``, ``fn``, ``tn``.
    """

    positives: int
    negatives: int
    figures: Mapping[str, float]
    counts: Mapping[str, int]

    @property
    def average_precision(self) -> float:
        """The metric that bundles are compared by."""
        return self.figures[LEADING.name]


def binary_metrics(truth: Truth, probability: Reals, decided: Truth) -> BinaryMetrics:
    """Measure one category; parameters as of `Sample`."""
    weighed = Weighed(Sample(truth, probability, decided), np.ones((1, len(truth))))
    figures = {metric.name: float(metric.figure(weighed)[0]) for metric in METRICS}
    counts = {name: int(values[0]) for name, values in weighed.counts.items()}
    return BinaryMetrics(int(truth.sum()), int((~truth).sum()), figures, counts)


def binary_statistic(truth: Truth, probability: Reals, decided: Truth) -> Statistic:
    """Prepare the metrics and counts of one category for any weighting of its articles; parameters as of `Sample`."""
    sample = Sample(truth, probability, decided)

    def figures(weights: Reals) -> dict[str, Reals]:
        weighed = Weighed(sample, weights)
        return {metric.name: metric.figure(weighed) for metric in METRICS} | weighed.counts

    return figures


def averaged_statistic(keys: Sequence[str], truth: Reals, probability: Reals, decided: Truth) -> Statistic:
    """Prepare the figures of all categories, each and averaged, for any weighting of the articles.

    Parameters
    ----------
    keys
        Category of each column.
    truth, probability, decided
        (n, n_categories): 1.0, 0.0 or NaN where unknown; float64 in [0, 1]; bool.

    Returns
    -------
    Statistic
        Names ``KEY.METRIC`` for each category, ``macro.METRIC`` (see `macro_figures`), ``micro.METRIC`` (all known
        pairs as if of one category), ``subset_accuracy`` (share of articles with all their known labels right, of
        those that have one) and ``hamming_loss`` (share of known pairs that are wrong).
    """
    has_label = np.isfinite(truth)
    wrong = has_label & (decided != (truth == 1))
    parts = {key: (np.flatnonzero(has_label[:, j]), j) for j, key in enumerate(keys)}
    statistics = {
        key: (rows, binary_statistic(truth[rows, j] == 1, probability[rows, j], decided[rows, j]))
        for key, (rows, j) in parts.items()
    }
    pairs = np.nonzero(has_label)[0]
    statistics["micro"] = (pairs, binary_statistic(truth[has_label] == 1, probability[has_label], decided[has_label]))
    labelled, right = has_label.any(axis=1), has_label.any(axis=1) & ~wrong.any(axis=1)

    def figures(weights: Reals) -> dict[str, Reals]:
        groups = {group: statistic(weights[:, rows]) for group, (rows, statistic) in statistics.items()}
        groups["macro"] = macro_figures([groups[key] for key in keys])
        flat = {f"{group}.{name}": values for group, named in groups.items() for name, values in named.items()}
        flat["subset_accuracy"] = ratio(weights @ right, weights @ labelled)
        flat["hamming_loss"] = ratio(weights @ wrong.sum(axis=1), weights @ has_label.sum(axis=1))
        return flat

    return figures


def wholes(keys: Sequence[str], truth: Reals, decided: Truth) -> dict[str, Whole | Mean]:
    """What the shares of `averaged_statistic` are shares of, each category's and those of all; same parameters."""
    yes, positive = decided & np.isfinite(truth), truth == 1
    groups = {key: (yes[:, j], positive[:, j]) for j, key in enumerate(keys)}
    groups["micro"] = np.asarray(yes.any(axis=1)), np.asarray(positive.any(axis=1))
    shares = {metric.name: metric.share_of for metric in METRICS if metric.share_of}
    parts = {
        f"{group}.{name}": share_of(*columns) for group, columns in groups.items() for name, share_of in shares.items()
    }
    counted = averaged_keys(keys, truth)
    means = {f"macro.{name}": Mean(tuple(parts[f"{key}.{name}"] for key in counted)) for name in shares}
    labelled = Whole(np.asarray(np.isfinite(truth).any(axis=1)))
    return {**parts, **means, "subset_accuracy": labelled, "hamming_loss": labelled}
