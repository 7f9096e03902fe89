"""A head: one category's scorer, calibrator and thresholds, fitted together and kept together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from models.calibration import Platt, Reals, Truth, fit_platt, log_loss
from models.features import Features
from models.heads.candidates import Candidate, Scorer
from models.heads.choose import Trial, best_of, cross_validate, make_folds
from models.thresholds import Decision, Policy, decide

PROTOCOL = 1


@dataclass(frozen=True)
class Head:
    """What answers for one category.

    Parameters
    ----------
    candidate
        The kind of head and its parameters.
    scorer
        From features to scores.
    calibrator
        From scores to probabilities.
    decision
        From probabilities to verdicts.
    facts
        Figures of the fit: counts, losses in nats, cross-validated average precision.
    """

    candidate: Candidate
    scorer: Scorer
    calibrator: Platt
    decision: Decision
    facts: Mapping[str, Any]

    def probability(self, features: Features) -> Reals:
        """Calibrated probabilities, (n,) float64 in [0, 1]."""
        return self.calibrator.probability(self.scorer.scores(features))


@dataclass(frozen=True)
class Examples:
    """One category's labelled articles outside the test.

    Parameters
    ----------
    features
        The views of n articles.
    truth
        (n,) bool labels; articles without a label of this category are not here.
    clusters
        (n,) near-duplicate clusters.
    validation
        (n,) bool: the article is in the validation part, else in train.
    """

    features: Features
    truth: Truth
    clusters: npt.NDArray[np.str_]
    validation: Truth


@dataclass(frozen=True)
class Recipe:
    """How a head is fitted, besides its candidate."""

    folds: int
    seed: int
    policy: Policy
    precision: float


def choose_candidate(
    examples: Examples, tried: Sequence[Candidate], recipe: Recipe
) -> tuple[Candidate, dict[str, float]]:
    """Cross-validate candidates on the train part.

    Returns
    -------
    Candidate, dict
        The best one, and the mean average precision of each by name.
    """
    trials = [train_trial(examples, candidate, recipe) for candidate in tried]
    return best_of(trials).candidate, {trial.candidate.name: trial.average_precision for trial in trials}


def train_trial(examples: Examples, candidate: Candidate, recipe: Recipe) -> Trial:
    """Cross-validate one candidate on the train part."""
    train = np.flatnonzero(~examples.validation)
    folds = make_folds(examples.truth[train], examples.clusters[train], recipe.folds, recipe.seed)
    return cross_validate(candidate, examples.features.take(train), examples.truth[train], folds)


def fit_head(examples: Examples, candidate: Candidate, recipe: Recipe) -> Head:
    """Fit a head, its calibrator and its thresholds.

    Calibrator and thresholds see only held-out scores: those of the train part from cross-validation, those of the
    validation part from a fit on train. The head that serves is then fitted on both parts.
    """
    trial = train_trial(examples, candidate, recipe)
    train, validation = np.flatnonzero(~examples.validation), np.flatnonzero(examples.validation)
    problem = candidate.prepare(examples.features)
    held_out = np.full(len(examples.truth), np.nan)
    held_out[train] = trial.held_out
    trained = problem.fit(train, examples.truth[train])
    held_out[validation] = trained.scores(examples.features.take(validation))
    known = np.isfinite(held_out)
    calibrator = fit_platt(held_out[known], examples.truth[known])
    probability = calibrator.probability(held_out)
    decision = decide(probability[known], examples.truth[known], recipe.policy, recipe.precision)
    scorer = problem.fit(np.arange(len(examples.truth)), examples.truth)
    fitted = calibrator.probability(trained.scores(examples.features.take(train)))
    facts = {
        "positives": int(examples.truth.sum()),
        "negatives": int((~examples.truth).sum()),
        "cross_validated_average_precision": trial.average_precision,
        "train_loss": log_loss(fitted, examples.truth[train]),
        "validation_loss": log_loss(probability[known], examples.truth[known]),
    }
    return Head(candidate, scorer, calibrator, decision, facts)
