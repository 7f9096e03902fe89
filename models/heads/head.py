"""A head: one category's scorer, calibrator and thresholds, fitted together and kept together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.arrays import Reals, Strings, Truth
from models.calibration import Platt, fit_platt, log_loss
from models.explain import Contributions
from models.features import Features, mean_words
from models.ground import NO_GROUND, Ground, learn_ground
from models.heads.candidates import Candidate
from models.heads.choose import cross_validate, make_folds, prefer
from models.heads.design import Design
from models.heads.kind import Scorer
from models.heads.kinds import kind_named
from models.heads.loss_monitor import LossMonitor
from models.lexical.words import WordCounts
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
        From probabilities to verdicts, under the newsroom's policy.
    band
        The two thresholds that would leave a middle band for people at the promised precision.
    facts
        Figures of the fit: counts, losses in nats, cross-validated average precision.
    ground
        Where its verdicts hold; a head from before this was kept has none, and answers everywhere.
    """

    candidate: Candidate
    scorer: Scorer
    calibrator: Platt
    decision: Decision
    band: Decision
    facts: Mapping[str, Any]
    ground: Ground = NO_GROUND

    def probability(self, features: Features) -> Reals:
        """Calibrated probabilities, (n,) float64 in [0, 1]."""
        return self.calibrator.probability(self.scorer.scores(features))

    def verdicts(self, features: Features, probability: Reals) -> Strings:
        """The verdicts as they are served: those of the thresholds, and ask where the head was not taught."""
        return np.where(self.ground.unlike(features.dense), "ask", self.decision.verdicts(probability))

    def take_apart(self, features: Features, counts: WordCounts) -> Contributions | None:
        """Take the score of one article apart; None for a head that adds nothing up, as trees do.

        Parameters
        ----------
        features, counts
            One row, and the same text word by word.
        """
        return kind_named(self.candidate.kind).take_apart(self.scorer, features, counts)


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
    clusters: Strings
    validation: Truth


@dataclass(frozen=True)
class Recipe:
    """How a head is fitted, besides its candidate."""

    folds: int
    seed: int
    policy: Policy
    precision: float


def fit_head(
    examples: Examples, candidates: Sequence[Candidate], recipe: Recipe, tell: Callable[[str], None] = lambda line: None
) -> tuple[Head, dict[str, float]]:
    """Choose among candidates, and fit the head, its calibrator and its thresholds.

    The choice is made by cross-validation on the train part. Calibrator and thresholds see only held-out scores: those
    of the train part from cross-validation, those of the validation part from a fit on train. The head that serves is
    then fitted on both parts.

    Parameters
    ----------
    tell
        Called with a line now and then while a fit goes on that takes rounds.

    Returns
    -------
    Head, dict
        The fitted head, and the mean average precision of each candidate by name.

    Raises
    ------
    ModelError
        When the labels cannot be split into folds.
    """
    truth, design = examples.truth, Design(examples.features)
    train, validation = np.flatnonzero(~examples.validation), np.flatnonzero(examples.validation)
    folds = make_folds(train, truth, examples.clusters, recipe.folds, recipe.seed)
    trials = [cross_validate(candidate, design, truth, folds) for candidate in candidates]
    best = prefer(trials, min(truth[train].sum(), (~truth[train]).sum()), mean_words(examples.features))
    trained = best.problem.fit(train, truth[train], LossMonitor(validation, truth[validation], tell))
    held_out = best.held_out.copy()
    held_out[validation] = trained.scores(validation)
    calibrator = fit_platt(held_out, truth)
    probability = calibrator.probability(held_out)
    facts = {
        "positives": int(truth.sum()),
        "negatives": int((~truth).sum()),
        "cross_validated_average_precision": best.average_precision,
        "train_loss": log_loss(calibrator.probability(trained.scores(train)), truth[train]),
        "validation_loss": log_loss(probability[validation], truth[validation]) if len(validation) else None,
    }
    scorer = best.problem.fit(np.arange(len(truth)), truth).head()
    decision, band = (decide(probability, truth, policy, recipe.precision) for policy in (recipe.policy, "band"))
    tried = {trial.candidate.name: trial.average_precision for trial in trials}
    ground = learn_ground(examples.features.dense, examples.clusters, recipe.seed)
    return Head(best.candidate, scorer, calibrator, decision, band, facts, ground), tried
