"""The probe: a made-up article that every head of a bundle must be able to answer before the bundle is believed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import scipy.sparse as sp

from models.errors import ModelError
from models.features import Features
from models.heads.head import Head
from models.lexical.counts import BLOCKS

FEATURES = 50


def probe_features(dim: int, n: int, seed: int = 0) -> Features:
    """Random views of n articles: unit vectors and small counts in random buckets."""
    generator = np.random.default_rng(seed)
    dense = generator.normal(size=(n, dim))
    dense /= np.linalg.norm(dense, axis=1, keepdims=True)
    lexical = {}
    for name, buckets in BLOCKS.items():
        counts = generator.integers(1, 6, n * FEATURES).astype(np.float32)
        indices = np.concatenate([np.sort(generator.choice(buckets, FEATURES, replace=False)) for _ in range(n)])
        lexical[name] = sp.csr_matrix((counts, indices, FEATURES * np.arange(n + 1)), shape=(n, buckets))
    return Features(dense.astype(np.float32), lexical)


def require_usable(heads: Mapping[str, Head], where: str) -> None:
    """Ask every head about made-up articles.

    Parameters
    ----------
    where
        What the heads are of, for the error.

    Raises
    ------
    ModelError
        When a head takes other vectors than the others, or answers with no probability.
    """
    dims = sorted({head.scorer.dim for head in heads.values()})
    if len(dims) != 1:
        raise ModelError(f"{where}: its heads take vectors of {' and '.join(map(str, dims)) or 'no'} components")
    features = probe_features(dims[0], 2)
    for key, head in heads.items():
        try:
            answers = head.probability(features)
        except (ValueError, LookupError, TypeError) as error:
            raise ModelError(f"{where}: the head of {key} cannot be asked ({error})") from error
        if not np.isfinite(answers).all():
            raise ModelError(f"{where}: the head of {key} answers with no number")
