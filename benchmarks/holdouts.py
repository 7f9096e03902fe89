"""Holdouts: which labelled articles a benchmark trains on and which it asks about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.short_texts import Short
from models.arrays import Rows

TEST_SHARE = 0.3
LEAST_SOURCE = 50  # labelled articles; a smaller source would be a test of a handful of positives


@dataclass(frozen=True)
class Holdout:
    """Rows to train and to test on."""

    train: Rows
    test: Rows

    def drawn(self, budget: int, seed: int) -> Holdout:
        """The same with that many labelled articles at most."""
        # One order for all budgets of a seed: the larger contains the smaller, so that curves differ by labels only.
        order = np.random.default_rng(1000 + seed).permutation(self.train)
        return Holdout(order[:budget] if budget else self.train, self.test)


def random_holdout(corpus: Short, seed: int) -> list[Holdout]:
    """One random test part, near-duplicates on one side."""
    # Clusters are drawn and not articles: a reprint of a training article in the test would be an answer known already.
    clusters = np.unique(corpus.clusters)
    drawn = np.random.default_rng(seed).random(len(clusters)) < TEST_SHARE
    test = np.isin(corpus.clusters, clusters[drawn])
    return [Holdout(np.flatnonzero(~test), np.flatnonzero(test))]


def source_holdouts(corpus: Short) -> list[Holdout]:
    """Each source of some size once as the test."""
    names, counts = np.unique(corpus.sources, return_counts=True)
    return [
        Holdout(np.flatnonzero(corpus.sources != name), np.flatnonzero(corpus.sources == name))
        for name in names[counts >= LEAST_SOURCE]
    ]
