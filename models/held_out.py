"""Held out: what a head says of labelled articles that it did not learn from, as probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.arrays import Reals, Rows, Truth
from models.calibration import fit_platt
from models.heads.choose import Fold
from models.heads.kind import Problem


def held_out_probability(
    problem: Problem, truth: Truth, folds: Sequence[Fold], learn_from: Truth | None = None
) -> Reals:
    """Probability of yes for every labelled article, by a fit and a calibrator that saw neither it nor its copies.

    Each fold is scored by a fit on the others, and these scores become probabilities by Platt's sigmoid fitted on the
    held-out scores of the other folds. A calibrator fitted on all scores would know each article's own label: little,
    but in favour of the label that is to be examined.

    Parameters
    ----------
    problem
        One category's prepared features.
    truth
        (n,) bool labels, those of all rows of the problem.
    folds
        See :func:`models.heads.choose.make_folds`; together they hold out every row once.
    learn_from
        (n,) bool: labels to fit on; None: all. A fold whose other labels would be of one kind then is fitted on all of
        them. Calibrators learn from all.

    Returns
    -------
    ndarray of shape (n,), float64
        In [0, 1].
    """
    scores, probability = np.empty(len(truth)), np.empty(len(truth))
    for train, rows in folds:
        learned = train if learn_from is None else learnable(train, truth, learn_from)
        scores[rows] = problem.fit(learned, truth[learned]).scores(rows)
    # Only now, when every row has a score: each calibrator reads the held-out scores of all other folds.
    for train, rows in folds:
        probability[rows] = fit_platt(scores[train], truth[train]).probability(scores[rows])
    return probability


def learnable(rows: Rows, truth: Truth, learn_from: Truth) -> Rows:
    """Those of some rows that are to teach; all of them where these would be of one kind."""
    wanted = rows[learn_from[rows]]
    return wanted if truth[wanted].any() and not truth[wanted].all() else rows
