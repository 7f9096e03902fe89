"""Choosing: cross-validation of the candidates on the train part, near-duplicates kept on one side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedGroupKFold

from models.errors import ModelError
from models.features import Features
from models.heads.candidates import Candidate, Problem

Truth = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]
Fold = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


@dataclass(frozen=True)
class Trial:
    """A candidate's cross-validation.

    Parameters
    ----------
    candidate
        What was tried.
    held_out
        (n,) float64: each article's score from the fold that did not train on it; NaN where no fold could.
    average_precision
        Mean over folds.
    """

    candidate: Candidate
    problem: Problem
    held_out: Reals
    average_precision: float


def make_folds(truth: Truth, clusters: npt.NDArray[np.str_], folds: int, seed: int) -> list[Fold]:
    """Split articles into folds with the same share of positives, a near-duplicate cluster never in two of them.

    Returns
    -------
    list of (train rows, held-out rows)
        At most ``folds``, fewer when a class has fewer clusters than that.

    Raises
    ------
    ModelError
        When all positives or all negatives are copies of one story.
    """
    groups = np.unique(clusters, return_inverse=True)[1]
    smallest = min(len(np.unique(groups[truth])), len(np.unique(groups[~truth])))
    if smallest < 2:
        raise ModelError("all positives or all negatives are near-duplicates of one story; label other stories")
    splitter = StratifiedGroupKFold(min(folds, smallest), shuffle=True, random_state=seed)
    return [
        (train, held_out)
        for train, held_out in splitter.split(np.zeros(len(truth)), truth, groups)
        if 0 < truth[train].sum() < len(train)
    ]


def cross_validate(candidate: Candidate, features: Features, truth: Truth, folds: Sequence[Fold]) -> Trial:
    """Score every article by a head that did not see it."""
    problem = candidate.prepare(features)
    held_out = np.full(len(truth), np.nan)
    precisions = []
    for train, rows in folds:
        held_out[rows] = problem.fit(train, truth[train]).scores(features.take(rows))
        if truth[rows].any():
            precisions.append(average_precision_score(truth[rows], held_out[rows]))
    return Trial(candidate, problem, held_out, float(np.mean(precisions)))


def best_of(trials: Sequence[Trial]) -> Trial:
    """The trial with the best mean average precision; the first of equals."""
    return max(trials, key=lambda trial: trial.average_precision)
