"""Pools for tests: articles in a few directions, some labelled."""

import numpy as np

from models.suggestion.pool import Pool


def unit(rows):
    vectors = np.asarray(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def make_pool(n=60, categories=2, seed=0, **changes):
    """A pool of n unlabelled articles, each a cluster of its own, whose heads say 0.2 throughout."""
    rng = np.random.default_rng(seed)
    parts = {
        "vectors": unit(rng.normal(size=(n, 6))),
        "clusters": np.array([f"c{row:03}" for row in range(n)]),
        "labels": np.full((n, categories), np.nan),
        "probability": np.full((n, categories), 0.2),
        "thresholds": np.full(categories, 0.5),
        "matches": np.zeros((n, categories)),
        "choosable": np.ones(n, dtype=bool),
    }
    return Pool(**parts | changes)
