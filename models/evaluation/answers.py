"""Comparing: several models on the same test articles, every figure resampled on the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Reals
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
    """

    probability: Reals
    verdicts: npt.NDArray[np.str_]
    thresholds: Reals
    bands: tuple[Decision, ...] = ()

    @property
    def in_bands(self) -> npt.NDArray[np.str_]:
        """(n_test, n_categories) verdicts by the bands."""
        return np.column_stack([band.verdicts(self.probability[:, j]) for j, band in enumerate(self.bands)])


def answers_of_heads(heads: Mapping[str, Head], features: Features) -> Answers:
    """Ask every head about every article."""
    probability = np.column_stack([head.probability(features) for head in heads.values()])
    verdicts = np.column_stack([head.decision.verdicts(probability[:, j]) for j, head in enumerate(heads.values())])
    thresholds = np.array([head.decision.yes for head in heads.values()])
    return Answers(probability, verdicts, thresholds, tuple(head.band for head in heads.values()))


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
