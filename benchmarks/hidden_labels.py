"""Hidden labels: a newsroom that labels batch after batch, with all answers known beforehand and shown when asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import average_precision_score
from threadpoolctl import threadpool_limits

from benchmarks.holdouts import random_holdout
from benchmarks.short_texts import Short
from models.arrays import Reals, Rows, Truth
from models.calibration import fit_platt
from models.heads.choose import make_folds
from models.heads.kind import Problem
from models.suggestion.most_useful import most_useful
from models.suggestion.pool import Pool
from models.suggestion.worth import doubt
from models.thresholds import steady_f1_threshold

LEAST_LABELS = 10  # fewer positives or negatives: no head to ask, as in `rubrika train`
FOLDS = 3  # instead of five: a game fits hundreds of times
Scores = list[Reals | None]  # of all articles, a category each; None where only one class is labelled


@dataclass(frozen=True)
class Simulation:
    """A newsroom at work: labelled articles, and what may be known of them without their labels.

    Parameters
    ----------
    problem
        The default head's, over all articles: frequencies and scaling are learned without labels.
    matches
        (n, n_categories), see :func:`models.suggestion.guess.matches`.
    columns
        The categories that strategies are asked about.
    """

    corpus: Short
    problem: Problem
    matches: Reals
    columns: Sequence[int]

    def labels_at(self, rows: Rows, column: int) -> tuple[Rows, Truth]:
        """Those of some articles whose label exists, and it."""
        rows = rows[np.isfinite(self.corpus.truth[rows, column])]
        return rows, self.corpus.truth[rows, column] == 1

    def fit(self, labelled: Rows) -> Scores:
        """Fit every category's head on the labelled articles."""
        scores: Scores = []
        for column in range(self.corpus.truth.shape[1]):
            rows, truth = self.labels_at(labelled, column)
            both = truth.any() and not truth.all()
            scores.append(self.problem.fit(rows, truth).scores(np.arange(len(self.corpus.truth))) if both else None)
        return scores

    def precisions(self, scores: Scores, test: Rows) -> Reals:
        """Average precision of each category on the test; without a head the share of positives."""
        tested = [self.labels_at(test, column) for column in range(len(scores))]
        return np.array(
            [
                truth.mean() if category_scores is None else average_precision_score(truth, category_scores[rows])
                for category_scores, (rows, truth) in zip(scores, tested, strict=True)
            ]
        )

    def calibrated(self, labelled: Rows, scores: Scores, column: int) -> tuple[Reals, float]:
        """Probabilities of all articles and a threshold; NaN and a half where there are too few labels."""
        rows, truth = self.labels_at(labelled, column)
        category_scores = scores[column]
        if category_scores is None or min(truth.sum(), (~truth).sum()) < LEAST_LABELS:
            return np.full(len(self.corpus.truth), np.nan), 0.5
        # Held-out scores and not those of the fit, as in `rubrika train`: a fit is surer of what it has seen.
        right, held_out = self.corpus.truth[:, column] == 1, np.zeros(len(self.corpus.truth))
        for train, out in make_folds(rows, right, self.corpus.clusters, FOLDS, 0):
            held_out[out] = self.problem.fit(train, right[train]).scores(out)
        calibrator = fit_platt(held_out[rows], truth)
        threshold = steady_f1_threshold(calibrator.probability(held_out[rows]), truth)
        return calibrator.probability(category_scores), float(np.clip(threshold, 0.05, 0.95))

    def pool(self, train: Rows, labelled: Rows, scores: Scores) -> Pool:
        """What a strategy is shown: no article of the test, and only the labels that are not hidden any more."""
        labels = np.full_like(self.corpus.truth, np.nan)
        labels[labelled] = self.corpus.truth[labelled]
        answers = [self.calibrated(labelled, scores, column) for column in self.columns]
        return Pool(
            self.corpus.features.dense[train],
            self.corpus.clusters[train],
            labels[np.ix_(train, self.columns)],
            np.column_stack([probability for probability, _ in answers])[train],
            np.array([threshold for _, threshold in answers]),
            self.matches[np.ix_(train, self.columns)],
            ~np.isin(train, labelled),
        )


@dataclass(frozen=True)
class Game:
    """How many articles were labelled, (n_budgets,), and each category's figure then, (n_budgets, n_categories)."""

    articles: Rows
    precisions: Reals


def play(simulation: Simulation, strategy: str, seed: int, budgets: Sequence[int], start: int) -> Game:
    """Let a strategy have more and more articles labelled, and measure on the test.

    Parameters
    ----------
    budgets
        Labelled articles at which to measure, and then to choose again; after the last one come all there are.
    start
        Articles drawn by chance before the strategy is asked for the first time.
    """
    (holdout,) = random_holdout(simulation.corpus, seed)
    # Another stream than the holdout's, which takes the seed itself.
    labelled = np.random.default_rng(1000 + seed).permutation(holdout.train)[:start]
    articles, precisions = [], []
    with threadpool_limits(1):
        scores = simulation.fit(labelled)
        for budget in budgets:
            if budget > len(labelled):
                pool = simulation.pool(holdout.train, labelled, scores)
                chosen = STRATEGIES[strategy](pool, budget - len(labelled), np.random.default_rng([seed, budget]))
                labelled = np.concatenate([labelled, holdout.train[chosen]])
                scores = simulation.fit(labelled)
            articles.append(len(labelled))
            precisions.append(simulation.precisions(scores, holdout.test))
    full = simulation.precisions(simulation.fit(holdout.train), holdout.test)
    return Game(np.array([*articles, len(holdout.train)]), np.array([*precisions, full]))


def by_chance(pool: Pool, n: int, generator: np.random.Generator) -> Rows:
    """What a newsroom does that has no reason to choose."""
    return generator.permutation(np.flatnonzero(pool.choosable))[:n]


def most_uncertain(pool: Pool, n: int, generator: np.random.Generator) -> Rows:
    """Uncertainty alone, summed over the heads there are; by chance while there is none."""
    rows = by_chance(pool, len(pool.labels), generator)
    doubts = np.nan_to_num(doubt(pool.probability[rows], pool.thresholds)).sum(axis=1)
    return rows[np.argsort(-doubts, kind="stable")[:n]]


def suggested(pool: Pool, n: int, generator: np.random.Generator) -> Rows:
    """What ``rubrika suggest`` chooses; it draws nothing by chance."""
    return most_useful(pool, n).rows


STRATEGIES: Mapping[str, Callable[[Pool, int, np.random.Generator], Rows]] = {
    "random": by_chance,
    "uncertainty": most_uncertain,
    "suggest": suggested,
}
