"""Neighbours: exact nearest vectors, which at news size is as fast as any index."""

from __future__ import annotations

import faiss
import numpy as np
import numpy.typing as npt

from models.arrays import Floats


def nearest(queries: Floats, vectors: Floats, k: int) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Find the k nearest vectors by inner product.

    Parameters
    ----------
    queries, vectors
        (n_queries, dim) and (n, dim) float32, L2-normalised, so that the inner product is the cosine.
    k
        Neighbours wanted; fewer come when there are fewer vectors.

    Returns
    -------
    similarities, rows
        (n_queries, min(k, n)) float32 and int64, best first.
    """
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    similarity, rows = index.search(np.ascontiguousarray(queries), min(k, len(vectors)))
    return similarity, rows
