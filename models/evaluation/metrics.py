"""Metrics: what a category's verdicts are worth, and all categories together, counted over known labels alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.arrays import Reals, Truth
from models.evaluation.exact import Mean, Whole
from models.evaluation.macro import averaged_keys, macro_figures
from models.evaluation.overlaps import co_occurrence, confusions
from models.evaluation.weighted import COUNTS, FIGURES, Statistic, binary_statistic, ratio

SHARES = ("precision", "recall", "f1")


@dataclass(frozen=True)
class BinaryMetrics:
    """One category's figures; NaN is undefined (see `binary_statistic`).

    Parameters
    ----------
    positives, negatives
        Known labels.
    average_precision, roc_auc
        Of the ranking by probability.
    precision, recall, f1
        Of the verdicts.
    brier, ece
        Mean squared error of the probability, and expected calibration error over ten bins of equal mass.
    tp, fp, fn, tn
        Right and wrong "yes", wrong and right "no".
    """

    positives: int
    negatives: int
    average_precision: float
    roc_auc: float
    precision: float
    recall: float
    f1: float
    brier: float
    ece: float
    tp: int
    fp: int
    fn: int
    tn: int


def binary_metrics(truth: Truth, probability: Reals, decided: Truth) -> BinaryMetrics:
    """Measure one category.

    Parameters
    ----------
    truth, probability, decided
        (n,) bool, float64 in [0, 1] and bool of the articles with a known label; ``decided`` is the verdict "yes".
    """
    figures = binary_statistic(truth, probability, decided)(np.ones((1, len(truth))))
    said: dict[str, Any] = {name: float(figures[name][0]) for name in FIGURES}
    said |= {name: int(figures[name][0]) for name in COUNTS}
    return BinaryMetrics(positives=int(truth.sum()), negatives=int((~truth).sum()), **said)


def averaged_statistic(keys: Sequence[str], truth: Reals, probability: Reals, decided: Truth) -> Statistic:
    """Prepare the figures of all categories, each and together, for any weighting of the articles.

    Parameters
    ----------
    keys
        Category of each column.
    truth, probability, decided
        (n, n_categories): 1.0, 0.0 or NaN where unknown; float64 in [0, 1]; bool.

    Returns
    -------
    Statistic
        Names ``KEY.FIGURE`` for each category, ``macro.FIGURE`` (see `macro_figures`), ``micro.FIGURE`` (all known
        pairs as if of one category), ``subset_accuracy`` (share of articles with all their known labels right, of
        those that have one) and ``hamming_loss`` (share of known pairs that are wrong).
    """
    known = np.isfinite(truth)
    wrong = known & (decided != (truth == 1))
    parts = {key: (np.flatnonzero(known[:, j]), j) for j, key in enumerate(keys)}
    statistics = {
        key: (rows, binary_statistic(truth[rows, j] == 1, probability[rows, j], decided[rows, j]))
        for key, (rows, j) in parts.items()
    }
    pairs = np.nonzero(known)[0]
    statistics["micro"] = (pairs, binary_statistic(truth[known] == 1, probability[known], decided[known]))
    labelled, right = known.any(axis=1), known.any(axis=1) & ~wrong.any(axis=1)

    def figures(weights: Reals) -> dict[str, Reals]:
        said = {key: statistic(weights[:, rows]) for key, (rows, statistic) in statistics.items()}
        said["macro"] = macro_figures([said[key] for key in keys])
        flat = {f"{key}.{name}": values for key, one in said.items() for name, values in one.items()}
        flat["subset_accuracy"] = ratio(weights @ right, weights @ labelled)
        flat["hamming_loss"] = ratio(weights @ wrong.sum(axis=1), weights @ known.sum(axis=1))
        return flat

    return figures


def averaged_metrics(keys: Sequence[str], truth: Reals, probability: Reals, decided: Truth) -> dict[str, Any]:
    """Measure all categories together; parameters as of `averaged_statistic`.

    Returns
    -------
    dict
        ``macro`` and ``micro`` (figure → value), ``subset_accuracy``, ``hamming_loss``; ``label_cardinality`` and
        ``predicted_cardinality`` (categories an article has: the sum of their shares among known labels, which with
        no label unknown is the usual mean count); ``co_occurrence`` and ``confusions`` (see `overlaps`).
    """
    flat = averaged_statistic(keys, truth, probability, decided)(np.ones((1, len(truth))))
    known = np.isfinite(truth)
    return {
        "macro": {name: float(flat[f"macro.{name}"][0]) for name in FIGURES},
        "micro": {name: float(flat[f"micro.{name}"][0]) for name in FIGURES},
        "subset_accuracy": float(flat["subset_accuracy"][0]),
        "hamming_loss": float(flat["hamming_loss"][0]),
        "label_cardinality": float(np.nansum(ratio((truth == 1).sum(axis=0), known.sum(axis=0)))),
        "predicted_cardinality": float(np.nansum(ratio((decided & known).sum(axis=0), known.sum(axis=0)))),
        "co_occurrence": co_occurrence(keys, truth),
        "confusions": confusions(keys, truth, decided),
    }


def wholes(keys: Sequence[str], truth: Reals, decided: Truth) -> dict[str, Whole | Mean]:
    """What the shares of `averaged_statistic` are shares of, each category's and those of all; same parameters."""
    said, there = decided & np.isfinite(truth), truth == 1
    columns = {key: (said[:, j], there[:, j]) for j, key in enumerate(keys)}
    columns["micro"] = np.asarray(said.any(axis=1)), np.asarray(there.any(axis=1))
    found = {
        f"{key}.{name}": whole
        for key, (yes, right) in columns.items()
        for name, whole in zip(SHARES, (Whole(yes), Whole(right), Whole(yes | right, f1=True)), strict=True)
    }
    counted = averaged_keys(keys, truth)
    means = {f"macro.{name}": Mean(tuple(found[f"{key}.{name}"] for key in counted)) for name in SHARES}
    labelled = Whole(np.asarray(np.isfinite(truth).any(axis=1)))
    return {**found, **means, "subset_accuracy": labelled, "hamming_loss": labelled}
