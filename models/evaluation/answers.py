"""Comparing: several models on the same test articles, every figure resampled on the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Reals, Truth
from models.evaluation.bootstrap import Resampled, cluster_bootstrap
from models.evaluation.metrics import averaged_statistic, wholes
from models.features import Features
from models.heads.head import Head
from models.thresholds import Decision

HEADS = "heads"
Resamples = Mapping[str, Mapping[str, Resampled]]


@dataclass(frozen=True)
class Answers:
    """What one model says of the test articles.

    Parameters
    ----------
    probability
        (n_test, n_categories) float64 in [0, 1].
    verdicts
        (n_test, n_categories) ``yes``, ``ask`` or ``no``.
    thresholds
        (n_categories,) probability from which the verdict is yes.
    bands
        For each category the two thresholds that leave a middle band for people at a promised precision.
    unlike
        (n_test, n_categories) bool: the article is unlike everything labelled for the category, which asks whatever
        the probability; None for a model that does not know.
    """

    probability: Reals
    verdicts: npt.NDArray[np.str_]
    thresholds: Reals
    bands: tuple[Decision, ...] = ()
    unlike: Truth | None = None

    @property
    def in_bands(self) -> npt.NDArray[np.str_]:
        """(n_test, n_categories) verdicts by the bands."""
        verdicts = np.column_stack([band.verdicts(self.probability[:, j]) for j, band in enumerate(self.bands)])
        return verdicts if self.unlike is None else np.where(self.unlike, "ask", verdicts)


def answers_of_heads(heads: Mapping[str, Head], features: Features) -> Answers:
    """Ask every head about every article."""
    probability = np.column_stack([head.probability(features) for head in heads.values()])
    unlike = np.column_stack([head.ground.unlike(features.dense) for head in heads.values()])
    by_threshold = [head.decision.verdicts(probability[:, j]) for j, head in enumerate(heads.values())]
    verdicts = np.where(unlike, "ask", np.column_stack(by_threshold))
    thresholds = np.array([head.decision.yes for head in heads.values()])
    return Answers(probability, verdicts, thresholds, tuple(head.band for head in heads.values()), unlike)


def measure(
    keys: Sequence[str], truth: Reals, answers: Mapping[str, Answers], clusters: Sequence[str], replicates: int
) -> Resamples:
    """Compute every figure of every model with its resamples.

    Returns
    -------
    dict
        Model → figure (``KEY.METRIC``, ``macro.METRIC``, ``micro.METRIC``, ``subset_accuracy``, ``hamming_loss``).
    """
    decided = {name: model.verdicts == "yes" for name, model in answers.items()}
    return {
        name: cluster_bootstrap(
            averaged_statistic(keys, truth, model.probability, decided[name]),
            clusters,
            replicates,
            wholes=wholes(keys, truth, decided[name]),
        )
        for name, model in answers.items()
    }
