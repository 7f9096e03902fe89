"""The pool: everything that a choice of articles to label is made from, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.arrays import Floats, Reals, Strings, Truth
from models.features import Features, learn_scaling, standardised


@dataclass(frozen=True)
class Pool:
    """Articles outside the test, labelled and unlabelled, and what is known of each in the categories asked about.

    Parameters
    ----------
    vectors
        (n, dim) float32 of any encoder, L2-normalised.
    clusters
        (n,) near-duplicate clusters.
    labels
        (n, n_categories) float64: 1.0, 0.0 or NaN where unknown.
    probability
        (n, n_categories) float64, calibrated; NaN throughout for a category without a head.
    thresholds
        (n_categories,) probabilities at which a verdict turns.
    matches
        (n, n_categories) float64: how well the words of the article and of the category's description agree, 0 where
        there is none; read for categories without a head only.
    choosable
        (n,) bool: the articles to choose from.
    """

    vectors: Floats
    clusters: Strings
    labels: Reals
    probability: Reals
    thresholds: Reals
    matches: Reals
    choosable: Truth

    @cached_property
    def directions(self) -> Floats:
        """(n, dim) float32: the vectors centred, each component scaled, of length one.

        Encoders put all news into a narrow cone, where every cosine is high; around the mean they differ.
        """
        features = Features(self.vectors, {})
        spread = standardised(self.vectors, learn_scaling(features))
        lengths = np.linalg.norm(spread, axis=1, keepdims=True)
        return np.asarray(spread / np.maximum(lengths, 1e-12), dtype=np.float32)

    @property
    def has_head(self) -> Truth:
        """(n_categories,) bool."""
        return np.asarray(np.isfinite(self.probability).any(axis=0))

    @cached_property
    def settled(self) -> Truth:
        """(n, n_categories) bool: the article or a near-duplicate is labelled; another label would say the same."""
        group = np.unique(self.clusters, return_inverse=True)[1]
        labelled = np.zeros((group.max(initial=-1) + 1, self.labels.shape[1]), dtype=bool)
        np.logical_or.at(labelled, group, np.isfinite(self.labels))
        return np.asarray(labelled[group])
