"""Features: the cached views of some articles, side by side, and what is learned of them without labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from models.arrays import Floats, Rows

DAMPED = frozenset({"char", "stem"})  # where the tenth mention says less than the first; themes add up as they are


@dataclass(frozen=True)
class Features:
    """The views of n articles.

    Parameters
    ----------
    dense
        (n, dim) float32, L2-normalised encoder vectors.
    lexical
        Block name → (n, buckets) CSR matrix of counts.
    """

    dense: Floats
    lexical: Mapping[str, sp.csr_matrix]

    def __len__(self) -> int:
        return len(self.dense)

    def take(self, rows: Rows) -> Features:
        """The same views of some of the articles."""
        return Features(self.dense[rows], {name: counts[rows] for name, counts in self.lexical.items()})


@dataclass(frozen=True)
class Scaling:
    """What fitting learns of the features before it sees a label.

    Parameters
    ----------
    mean, deviation
        (dim,) float32 of the dense view.
    idf
        Block name → (buckets,) float32 inverse document frequencies.
    """

    mean: Floats
    deviation: Floats
    idf: Mapping[str, Floats]


def learn_scaling(features: Features) -> Scaling:
    """Measure means, deviations and smoothed inverse document frequencies, ln((1 + n) / (1 + df)) + 1."""
    n = len(features)
    return Scaling(
        mean=features.dense.mean(axis=0, dtype=np.float64).astype(np.float32),
        # A component that never varies says nothing; divided by its zero it would say everything.
        deviation=np.maximum(features.dense.std(axis=0, dtype=np.float64), 1e-6).astype(np.float32),
        idf={
            name: (np.log((1 + n) / (1 + np.bincount(counts.indices, minlength=counts.shape[1]))) + 1).astype(
                np.float32
            )
            for name, counts in features.lexical.items()
        },
    )


def standardised(dense: Floats, scaling: Scaling) -> Floats:
    """Centre and scale vectors so that a typical row has length one: the same size as a TF-IDF row."""
    scaled = (dense - scaling.mean) / (scaling.deviation * np.sqrt(dense.shape[1]))
    return np.asarray(scaled, dtype=np.float32)


def tfidf(block: str, counts: sp.csr_matrix, idf: Floats) -> sp.csr_matrix:
    """Weigh a block's counts, (1 + ln count) * idf or, for themes, count * idf, each row L2-normalised; float32."""
    # On the stored values alone, so that the matrix stays sparse: what has no count has no weight.
    data = (1 + np.log(counts.data) if block in DAMPED else counts.data) * idf[counts.indices]
    squares = sp.csr_matrix((data * data, counts.indices, counts.indptr), shape=counts.shape)
    # Sums in float64: in float32 they depend on the order of addition, and so on the machine.
    lengths = np.sqrt(np.asarray(squares.sum(axis=1), dtype=np.float64)).ravel()
    data = data / np.repeat(np.maximum(lengths, 1e-12), np.diff(counts.indptr))
    return sp.csr_matrix((data.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape)


def mean_words(features: Features) -> float:
    """Words that were read of an article, on average: n words give n stems and n - 1 pairs of them."""
    counted = features.lexical["stem"].sum(axis=1)
    return float((np.asarray(counted, dtype=np.float64).mean() + 1) / 2) if len(features) else 0.0
