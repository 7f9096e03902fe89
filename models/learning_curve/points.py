"""Points: what a category's head is worth after each number of labelled articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from models.arrays import Reals, Rows, Truth
from models.evaluation.baselines import knn_scores
from models.features import Features
from models.heads.candidates import Candidate
from models.heads.design import Design
from models.learning_curve.draws import Draw


@dataclass(frozen=True)
class Points:
    """One category in one repeat, a value for each training size.

    Parameters
    ----------
    head, knn
        (n_sizes,) float64 average precision on the held-out articles; NaN where none of those is of the category.
    prevalence
        Share of positives among the held-out articles: the average precision of knowing nothing, the majority baseline.
    fitted
        (n_sizes,) bool: the labels were enough for a head. Where they were not, ``head`` is the prevalence.
    positives
        (n_sizes,) positives among the training labels.
    """

    head: Reals
    knn: Reals
    prevalence: float
    fitted: Truth
    positives: Rows


def measure_points(
    features: Features, truth: Reals, draw: Draw, sizes: Sequence[int], candidate: Candidate, least: int
) -> Points:
    """Fit one category's head and its baseline on growing training sets.

    Only the ranking counts for average precision, so neither calibrator nor thresholds are fitted.

    Parameters
    ----------
    features, truth
        Of all articles; truth (n,) is 1.0, 0.0 or NaN where unknown, and unknown pairs neither train nor measure.
    sizes
        Labelled articles to train on, of any category, growing.
    candidate
        The kind of head and its parameters.
    least
        With fewer positives or negatives there is no head.
    """
    asked = draw.held_out[np.isfinite(truth[draw.held_out])]
    right = truth[asked] == 1
    queries = features.take(asked)
    with threadpool_limits(1):
        known = [rows[np.isfinite(truth[rows])] for rows in (draw.order[:size] for size in sizes)]
        fitted = [enough(truth[rows] == 1, least) for rows in known]
        heads = [
            precision(head_scores(features, rows, truth[rows] == 1, queries, candidate) if able else None, right)
            for rows, able in zip(known, fitted, strict=True)
        ]
        knn = [precision(neighbour_scores(features, rows, truth[rows] == 1, queries), right) for rows in known]
    return Points(
        np.array(heads),
        np.array(knn),
        float(right.mean()) if right.any() else float("nan"),
        np.array(fitted),
        np.array([int((truth[rows] == 1).sum()) for rows in known], dtype=np.intp),
    )


def enough(truth: Truth, least: int) -> bool:
    """Whether both classes have labels enough."""
    return min(int(truth.sum()), int((~truth).sum())) >= least


def head_scores(features: Features, rows: Rows, truth: Truth, queries: Features, candidate: Candidate) -> Reals:
    """Fit a head on some rows, everything it learns of the features included, and score the queries."""
    problem = candidate.prepare(Design(features.take(rows)))
    return problem.fit(np.arange(len(rows)), truth).head().scores(queries)


def neighbour_scores(features: Features, rows: Rows, truth: Truth, queries: Features) -> Reals | None:
    """Score the queries by their labelled neighbours."""
    return knn_scores(features.dense[rows], truth, queries.dense) if len(rows) else None


def precision(scores: Reals | None, right: Truth) -> float:
    """Average precision; of no scores, that of any order: the share of positives. NaN without positives."""
    from sklearn.metrics import average_precision_score

    if not right.any():
        return float("nan")
    return float(right.mean() if scores is None else average_precision_score(right, scores))
