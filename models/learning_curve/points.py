"""Points: what a category's head is worth after each number of labelled articles, in one repeat."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from models.arrays import Reals, Rows, Truth
from models.evaluation.baselines import knn_scores
from models.features import Features
from models.heads.candidates import Candidate
from models.heads.design import Design
from models.learning_curve.curve import Curve
from models.learning_curve.draws import Draw


def measure_repeat(
    features: Features, truth: Reals, draw: Draw, sizes: Sequence[int], candidate: Candidate, least: int
) -> Curve:
    """Fit one category's head and its baseline on growing training sets; a curve of one repeat.

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
    from sklearn.metrics import average_precision_score

    judged = draw.held_out[np.isfinite(truth[draw.held_out])]
    right, queries = truth[judged] == 1, features.take(judged)
    prevalence = float(right.mean()) if right.any() else np.nan
    points = []
    with threadpool_limits(1):
        for size in sizes:
            rows = draw.order[:size]
            rows = rows[np.isfinite(truth[rows])]
            labels = truth[rows] == 1
            positives = int(labels.sum())
            enough = min(positives, len(labels) - positives) >= least
            head = knn = prevalence  # the average precision of any order
            if enough and right.any():
                head = average_precision_score(right, head_scores(features, rows, labels, queries, candidate))
            if len(rows) and right.any():
                knn = average_precision_score(right, knn_scores(features.dense[rows], labels, queries.dense))
            points.append((head, knn, enough, positives))
    heads, neighbours, fitted, positive = (np.array([column]) for column in zip(*points, strict=True))
    return Curve(np.array(sizes, dtype=float), heads, neighbours, np.array([prevalence]), fitted, positive)


def head_scores(features: Features, rows: Rows, truth: Truth, queries: Features, candidate: Candidate) -> Reals:
    """Fit a head on some rows, everything it learns of the features included, and score the queries."""
    problem = candidate.prepare(Design(features.take(rows)))
    return problem.fit(np.arange(len(rows)), truth).head().scores(queries)
