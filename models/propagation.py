"""Propagation: labels spread to the articles nearest to labelled ones, as far as held-out articles say they may.

Zhu and Ghahramani, "Learning from Labeled and Unlabeled Data with Label Propagation" (2002), in its simplest form: one
step, over the k nearest labelled articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats, Reals, Rows, Truth
from models.calibration import Platt, fit_platt
from models.errors import ModelError
from models.heads.choose import Fold
from models.neighbours import nearest

NEIGHBOURS = (3, 5, 9, 15, 25, 40)  # each about half as many again: one more of many hardly matters
FEWEST_FOLDS = 3  # one is measured, one votes, one is voted on


@dataclass(frozen=True)
class Vote:
    """How labelled articles vote, chosen on some folds of them.

    Parameters
    ----------
    k
        Neighbours that vote, the number with the best held-out average precision.
    calibrator
        From the share of votes for yes to the probability of it.
    truth, held_out
        (n,) bool and float64: the labels of those folds, and their probability by votes of the other folds.
    """

    k: int
    calibrator: Platt
    truth: Truth
    held_out: Reals

    def probability(self, queries: Floats, vectors: Floats, truth: Truth) -> Reals:
        """Probability of yes for articles, (n_queries,) float64, see `votes`."""
        return self.calibrator.probability(votes(queries, vectors, truth, [self.k])[0])


@dataclass(frozen=True)
class FoldCheck:
    """One fold, measured by a vote that was chosen without it.

    Parameters
    ----------
    vote
        Chosen on the other folds.
    truth, probability
        (n,) bool and float64: the fold's labels and what the vote says of them.
    """

    vote: Vote
    truth: Truth
    probability: Reals


@dataclass(frozen=True)
class Spread:
    """How the labels of one category spread.

    Parameters
    ----------
    vote
        Chosen on all folds.
    checks
        One for each fold.
    average_precision
        Of the checks' probabilities together.
    """

    vote: Vote
    checks: tuple[FoldCheck, ...]
    average_precision: float


def votes(queries: Floats, vectors: Floats, truth: Truth, ks: Sequence[int]) -> Reals:
    """Share of yes among the nearest labelled articles, each weighed by its cosine.

    Parameters
    ----------
    queries, vectors
        (n_queries, dim) and (n_labelled, dim) float32, L2-normalised.
    truth
        (n_labelled,) bool.
    ks
        Numbers of neighbours.

    Returns
    -------
    ndarray of shape (n_ks, n_queries), float64
        In [0, 1]; the share of yes among all where no neighbour is similar at all.
    """
    similarity, rows = nearest(queries, vectors, max(ks))
    weight = np.maximum(similarity, 0).astype(np.float64)
    last = np.minimum(np.array(ks), similarity.shape[1]) - 1
    total = np.cumsum(weight, axis=1)[:, last].T
    agreed = np.cumsum(weight * truth[rows], axis=1)[:, last].T
    return np.asarray(np.divide(agreed, total, out=np.full(total.shape, truth.mean()), where=total > 0))


def spread(vectors: Floats, truth: Truth, folds: Sequence[Fold]) -> Spread:
    """Choose the vote on all folds, and once more without each fold, which then measures what such a choice is worth.

    Varma and Simon, "Bias in error estimation when using cross-validation for model selection" (BMC Bioinformatics
    2006): what was chosen on some articles looks better on them than it is.

    Parameters
    ----------
    vectors, truth
        (n, dim) float32 and (n,) bool of one category's labelled articles, every one of them in some fold.

    Raises
    ------
    ModelError
        With fewer than three folds.
    """
    from sklearn.metrics import average_precision_score

    if len(folds) < FEWEST_FOLDS:
        raise ModelError(f"{len(folds)} different stories of one kind, {FEWEST_FOLDS} are needed; label other stories")
    checks = []
    for train, rows in folds:
        vote = choose_vote(vectors, truth, [restricted(fold, train) for fold in folds if fold[1] is not rows])
        checks.append(FoldCheck(vote, truth[rows], vote.probability(vectors[rows], vectors[train], truth[train])))
    labels = np.concatenate([check.truth for check in checks])
    precision = average_precision_score(labels, np.concatenate([check.probability for check in checks]))
    return Spread(choose_vote(vectors, truth, folds), tuple(checks), float(precision))


def restricted(fold: Fold, rows: Rows) -> Fold:
    """A fold whose voters are only some rows; those it holds out are among these."""
    return np.intersect1d(fold[0], rows), fold[1]


def choose_vote(vectors: Floats, truth: Truth, folds: Sequence[Fold]) -> Vote:
    """Choose the number of neighbours by cross-validation; of equally good ones the smallest."""
    from sklearn.metrics import average_precision_score

    shares = [votes(vectors[rows], vectors[train], truth[train], NEIGHBOURS) for train, rows in folds]
    held_out, labels = np.concatenate(shares, axis=1), truth[np.concatenate([rows for _, rows in folds])]
    best = int(np.argmax([average_precision_score(labels, of_k) for of_k in held_out]))
    calibrator = fit_platt(held_out[best], labels)
    return Vote(NEIGHBOURS[best], calibrator, labels, calibrator.probability(held_out[best]))
