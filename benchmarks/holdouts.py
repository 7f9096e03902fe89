"""Trials: which labelled articles a benchmark trains on and which it asks about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.short_texts import Short

Rows = npt.NDArray[np.intp]
TEST_SHARE = 0.3
LEAST_SOURCE = 50


@dataclass(frozen=True)
class Trial:
    """Rows to train and to test on."""

    train: Rows
    test: Rows

    def drawn(self, budget: int, seed: int) -> Trial:
        """The same with that many labelled articles at most."""
        order = np.random.default_rng(1000 + seed).permutation(self.train)
        return Trial(order[:budget] if budget else self.train, self.test)


def random_trial(corpus: Short, seed: int) -> list[Trial]:
    """One random test part, near-duplicates on one side."""
    clusters = np.unique(corpus.clusters)
    drawn = np.random.default_rng(seed).random(len(clusters)) < TEST_SHARE
    test = np.isin(corpus.clusters, clusters[drawn])
    return [Trial(np.flatnonzero(~test), np.flatnonzero(test))]


def source_trials(corpus: Short) -> list[Trial]:
    """Each source of some size once as the test."""
    names, counts = np.unique(corpus.sources, return_counts=True)
    return [
        Trial(np.flatnonzero(corpus.sources != name), np.flatnonzero(corpus.sources == name))
        for name in names[counts >= LEAST_SOURCE]
    ]
