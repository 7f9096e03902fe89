"""Weighted metrics: one category's figures under many weightings of its articles at once, as the bootstrap needs them.

A resample is a weight per article (how often it was drawn), so a thousand resamples are one matrix, and every figure
is a matrix product or a running sum over articles in the order of their probability.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from models.arrays import Reals, Truth

BINS = 10
FIGURES = ("average_precision", "roc_auc", "precision", "recall", "f1", "brier", "ece")
COUNTS = ("tp", "fp", "fn", "tn")

Statistic = Callable[[Reals], Mapping[str, Reals]]


def binary_statistic(truth: Truth, probability: Reals, decided: Truth) -> Statistic:
    """Prepare the figures of one category for any weighting of its articles.

    Average precision steps at every distinct probability, as scikit-learn's does; ties share a step. Expected
    calibration error is taken over `equal_mass_bins`, made once on the whole sample.

    Parameters
    ----------
    truth, probability, decided
        (n,) bool, float64 in [0, 1] and bool: what is so, how sure the head is, and whether it says yes.

    Returns
    -------
    Statistic
        From weights (n_weightings, n) to `FIGURES` and `COUNTS`, each (n_weightings,) float64; what is undefined is
        NaN: recall, F1 and average precision without positives, ROC AUC with one class, precision when nothing is
        decided.
    """
    order = np.argsort(-probability, kind="stable")
    ranked_truth = truth[order].astype(np.float64)
    ends = np.flatnonzero(np.diff(probability[order], append=-1.0))
    bins = equal_mass_bins(probability)
    in_bin = np.equal.outer(bins, np.unique(bins))
    gaps = in_bin * (truth - probability)[:, None]
    sums = np.column_stack(
        [truth & decided, ~truth & decided, truth & ~decided, ~truth & ~decided, (truth - probability) ** 2, gaps]
    ).astype(np.float64)

    def figures(weights: Reals) -> dict[str, Reals]:
        summed = (weights @ sums).T
        tp, fp, fn, tn, squares = summed[:5]
        total = tp + fp + fn + tn
        precision, auc = ranking(weights[:, order], ranked_truth, ends)
        return {
            "average_precision": precision,
            "roc_auc": auc,
            "precision": ratio(tp, tp + fp),
            "recall": ratio(tp, tp + fn),
            "f1": ratio(2 * tp, np.where(tp + fn > 0, 2 * tp + fp + fn, 0)),
            "brier": ratio(squares, total),
            "ece": ratio(np.abs(summed[5:]).sum(axis=0), total),
            "tp": tp,
            "fp": fp,
            "fn": fn,
            "tn": tn,
        }

    return figures


def ranking(weights: Reals, truth: Reals, ends: npt.NDArray[np.intp]) -> tuple[Reals, Reals]:
    """Average precision and ROC AUC of articles ranked from the most probable.

    Parameters
    ----------
    weights
        (n_weightings, n) in the order of the ranking.
    truth
        (n,) 1.0 or 0.0.
    ends
        Last position of every run of equal probabilities.
    """
    positive = np.cumsum(weights * truth, axis=1)[:, ends]
    everything = np.cumsum(weights, axis=1)[:, ends]
    negative = everything - positive
    gained = np.diff(positive, axis=1, prepend=0)
    tied = np.diff(negative, axis=1, prepend=0)
    positives, negatives = positive.max(axis=1, initial=0), negative.max(axis=1, initial=0)
    precision = np.einsum("rn,rn->r", gained, positive / np.maximum(everything, 1e-12))
    below = np.einsum("rn,rn->r", gained, negatives[:, None] - negative + tied / 2)
    return ratio(precision, positives), ratio(below, positives * negatives)


def equal_mass_bins(probability: Reals, bins: int = BINS) -> npt.NDArray[np.intp]:
    """Put articles into bins of the same size by probability; equal probabilities share a bin.

    Bins of equal width leave most of their articles in the two outer ones, and the error of the rest to chance: Nguyen
    and O'Connor, "Posterior calibration and exploratory analysis for natural language processing models" (EMNLP 2015);
    Roelofs et al., "Mitigating bias in calibration error estimation" (AISTATS 2022) find them less biased as well.

    Returns
    -------
    ndarray of shape (n,), int
        Bin of each article, 0 the least probable.
    """
    _, first, place = np.unique(np.sort(probability), return_index=True, return_inverse=True)
    position = np.empty(len(probability), dtype=np.intp)
    position[np.argsort(probability, kind="stable")] = first[place]
    return np.asarray(position * bins // max(len(probability), 1), dtype=np.intp)


def ratio(part: Reals, whole: Reals) -> Reals:
    """``part / whole``, NaN where the whole is nothing."""
    return np.asarray(np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0))
