"""Choosing: cross-validation of the candidates on the train part, near-duplicates kept on one side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Reals, Rows, Strings, Truth
from models.errors import ModelError
from models.heads.candidates import Candidate
from models.heads.design import Design
from models.heads.kind import Problem
from models.heads.kinds import KINDS, kind_named

Fold = tuple[Rows, Rows]
SURE = 2.0  # standard errors


@dataclass(frozen=True)
class Trial:
    """A candidate's cross-validation.

    Parameters
    ----------
    candidate, problem
        What was tried.
    held_out
        (n,) float64: each row's score from the fold that did not train on it; NaN for rows in no fold.
    precisions
        (n_folds,) float64: average precision in each fold.
    """

    candidate: Candidate
    problem: Problem
    held_out: Reals
    precisions: Reals

    @property
    def average_precision(self) -> float:
        """Mean over folds."""
        return float(self.precisions.mean())


def make_folds(rows: Rows, truth: Truth, clusters: Strings, folds: int, seed: int) -> list[Fold]:
    """Split rows into folds with the same share of positives, a near-duplicate cluster never in two of them.

    Parameters
    ----------
    rows
        Which articles take part.
    truth, clusters
        (n,) of all articles; a cluster counts as positive when any of its members is.

    Returns
    -------
    list of (train rows, held-out rows)
        At most ``folds``, fewer when a class has fewer clusters than that.

    Raises
    ------
    ModelError
        When all positives or all negatives are copies of one story.
    """
    from sklearn.model_selection import StratifiedKFold

    cluster = np.unique(clusters[rows], return_inverse=True)[1]
    positive = np.zeros(cluster.max() + 1, dtype=bool)
    np.logical_or.at(positive, cluster, truth[rows])
    smallest = min(positive.sum(), (~positive).sum())
    if smallest < 2:
        raise ModelError("all positives or all negatives are near-duplicates of one story; label other stories")
    splitter = StratifiedKFold(min(folds, smallest), shuffle=True, random_state=seed)
    held_out = (np.isin(cluster, held) for _, held in splitter.split(positive, positive))
    return [(rows[~out], rows[out]) for out in held_out]


def cross_validate(candidate: Candidate, design: Design, truth: Truth, folds: Sequence[Fold]) -> Trial:
    """Score every article of the folds by a fit that did not see it."""
    from sklearn.metrics import average_precision_score

    problem = candidate.prepare(design)
    held_out = np.full(len(truth), np.nan)
    precisions = []
    for train, rows in folds:
        held_out[rows] = problem.fit(train, truth[train]).scores(rows)
        precisions.append(average_precision_score(truth[rows], held_out[rows]))
    return Trial(candidate, problem, held_out, np.array(precisions))


def prefer(trials: Sequence[Trial], rarer: int, words: float) -> Trial:
    """Choose a trial: the default one, unless the best is better by two standard errors over the same folds.

    Cross-validation of a few hundred labels is noisy, and the winner of a close race is chance: the rule of one
    standard error, Breiman et al., "Classification and Regression Trees" (1984), section 3.4.3, with paired folds. One
    was too little here (docs/decisions.md).

    Parameters
    ----------
    rarer
        Labels of the rarer class.
    words
        In an article, on average.
    """
    default = default_of(trials, rarer, words)
    gains = [trial.precisions - default.precisions for trial in trials]
    best = int(np.argmax([gain.mean() for gain in gains]))
    gain = gains[best]
    sure = len(gain) > 1 and gain.mean() > SURE * gain.std(ddof=1) / np.sqrt(len(gain))
    return trials[best] if sure else default


def default_of(trials: Sequence[Trial], rarer: int, words: float) -> Trial:
    """Of the kind that stands first in the registry, the parameters that suit; its first ones where none do."""
    kind = min({trial.candidate.kind for trial in trials}, key=list(KINDS).index)
    of_kind = [trial for trial in trials if trial.candidate.kind == kind]
    suits = kind_named(kind).suits
    return next((trial for trial in of_kind if suits(trial.candidate.params, rarer, words)), of_kind[0])
