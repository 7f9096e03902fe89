"""Propagation: labels spread to the articles nearest to labelled ones, as far as held-out articles say they may.

Zhu and Ghahramani, "Learning from Labeled and Unlabeled Data with Label Propagation" (2002), in its simplest form: one
step, over the k nearest labelled articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from models.calibration import Platt, Reals, Truth, fit_platt
from models.evaluation.bootstrap import Interval
from models.features import Floats
from models.heads.choose import Fold
from models.neighbours import nearest
from models.thresholds import decide

NEIGHBOURS = (3, 5, 9, 15, 25, 40)


@dataclass(frozen=True)
class Spread:
    """How the labels of one category spread.

    Parameters
    ----------
    k
        Neighbours that vote, the number with the best held-out average precision.
    average_precision
        That figure.
    calibrator
        From the share of votes for yes to the probability of it.
    held_out
        (n,) float64: that probability for each labelled article, by votes of the other folds.
    """

    k: int
    average_precision: float
    calibrator: Platt
    held_out: Reals

    def probability(self, queries: Floats, vectors: Floats, truth: Truth) -> Reals:
        """Probability of yes for articles, (n_queries,) float64, see `votes`."""
        return self.calibrator.probability(votes(queries, vectors, truth, [self.k])[0])


@dataclass(frozen=True)
class Reach:
    """What one promise of precision is worth for one of the two labels.

    Parameters
    ----------
    cut
        Probability from which (yes) or below which (no) the label is given; None where no cut keeps the promise.
    precision
        Share of held-out articles beyond the cut whose label is that, with its 95 % interval (Wilson 1927).
    held_out
        Those articles.
    adds
        Unlabelled articles beyond the cut.
    """

    cut: float | None
    precision: Interval | None
    held_out: int
    adds: int


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
    """Choose the number of neighbours by cross-validation; of equally good ones the smallest.

    Parameters
    ----------
    vectors, truth
        (n, dim) float32 and (n,) bool of one category's labelled articles, every one of them in some fold.
    """
    from sklearn.metrics import average_precision_score

    held_out = np.empty((len(NEIGHBOURS), len(truth)))
    for train, rows in folds:
        held_out[:, rows] = votes(vectors[rows], vectors[train], truth[train], NEIGHBOURS)
    figures = [average_precision_score(truth, said) for said in held_out]
    best = int(np.argmax(figures))
    calibrator = fit_platt(held_out[best], truth)
    return Spread(NEIGHBOURS[best], float(figures[best]), calibrator, calibrator.probability(held_out[best]))


def reach(held_out: Reals, truth: Truth, asked: Reals, precision: float) -> dict[str, Reach]:
    """How many labels a promised precision lets through, and what it comes to on held-out articles.

    Parameters
    ----------
    held_out, truth
        (n,) held-out probabilities, and labels.
    asked
        (n_unlabelled,) probabilities.
    precision
        The promise, in (0, 1), for yes and for no.

    Returns
    -------
    dict
        ``yes`` and ``no``.
    """
    cuts = decide(held_out, truth, "band", precision)
    return {
        "yes": one_reach(cuts.yes, truth[held_out >= cuts.yes], asked >= cuts.yes),
        "no": one_reach(cuts.no, ~truth[held_out < cuts.no], asked < cuts.no),
    }


def one_reach(cut: float, right: Truth, new: Truth) -> Reach:
    """What is beyond a cut; nothing where no held-out article is, for then the cut promises nothing."""
    if not len(right):
        return Reach(None, None, 0, 0)
    low, high = binomtest(int(right.sum()), len(right)).proportion_ci(method="wilson")
    return Reach(cut, Interval(float(right.mean()), float(low), float(high)), len(right), int(new.sum()))


def labels_of(asked: Reals, reached: dict[str, Reach]) -> npt.NDArray[np.int8]:
    """1, 0 or -1 (none) for probabilities, (n_unlabelled,) int8."""
    yes, no = reached["yes"].cut, reached["no"].cut
    sure = [asked >= (np.inf if yes is None else yes), asked < (-np.inf if no is None else no)]
    return np.select(sure, [1, 0], -1).astype(np.int8)
