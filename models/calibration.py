"""Calibration: from a head's score to a probability that can be taken at its word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from models.arrays import Reals, Truth


@dataclass(frozen=True)
class Platt:
    """A sigmoid of the score.

    Platt, "Probabilistic outputs for support vector machines" (1999).
    """

    slope: float
    intercept: float

    def probability(self, scores: Reals) -> Reals:
        """Probabilities in [0, 1], in the order of the scores."""
        return np.asarray(expit(self.slope * scores + self.intercept))

    def score(self, probability: float) -> float:
        """The score that has a probability, which is in (0, 1)."""
        return float((logit(probability) - self.intercept) / self.slope)


def fit_platt(scores: Reals, truth: Truth) -> Platt:
    """Fit the sigmoid on held-out scores.

    Platt's softened targets, (N+ + 1) / (N+ + 2) and 1 / (N- + 2), keep the slope finite when the classes separate.
    A slope that would turn the order around (scores that know nothing) is cut at a hair above zero.
    """
    from sklearn.linear_model import LogisticRegression  # 0.7 s, which only those pay who fit

    positives = int(truth.sum())
    negatives = len(truth) - positives
    target = np.where(truth, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    # Each score stands twice, once as yes and once as no, weighted by its softened target: that is Platt's likelihood,
    # which any logistic regression can maximise. Scores of a margin have any scale, the solver's tolerance has one:
    # hence divided by their spread.
    spread = scores.std() or 1.0
    both = np.concatenate([scores, scores])[:, None] / spread
    # Hardly penalised: two parameters need no prior, and the softened targets bound the slope already.
    model = LogisticRegression(C=1e6, tol=1e-8, max_iter=1000)
    model.fit(both, np.repeat([True, False], len(scores)), sample_weight=np.concatenate([target, 1 - target]))
    return Platt(max(float(model.coef_[0, 0]) / spread, 1e-9), float(model.intercept_[0]))


def log_loss(probability: Reals, truth: Truth) -> float:
    """Mean negative log-likelihood in nats."""
    # Clipped: one certain mistake would make the mean of all others infinite.
    likelihood = np.where(truth, probability, 1 - probability)
    return float(-np.log(np.clip(likelihood, 1e-12, 1)).mean())
