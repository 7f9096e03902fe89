"""Vectors: one narrow table per encoder, so that encoders never mix and dropping one frees its disk."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lancedb.db import DBConnection

from store.errors import StoreError
from store.lance import ids_of, insert_new, key_field, open_table, rows_for


class Vectors:
    """The vectors of one encoder.

    Parameters
    ----------
    db
        An open database.
    encoder
        The encoder's fingerprint: everything that changes a vector besides the text.
    dim
        Components of a vector.
    """

    def __init__(self, db: DBConnection, encoder: str, dim: int) -> None:
        self.dim = dim
        self.schema = pa.schema([key_field("id"), ("vector", pa.list_(pa.float32(), dim))])
        self.table = open_table(db, f"vectors_{encoder}", self.schema)

    def add(self, ids: pa.Array, vectors: npt.NDArray[np.float32]) -> int:
        """Cache vectors, (n_articles, dim) float32, of the articles that have none yet.

        Returns
        -------
        int
            Vectors stored that were not there before.
        """
        flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel())
        column = pa.FixedSizeListArray.from_arrays(flat, self.dim)
        return insert_new(self.table, pa.Table.from_arrays([ids, column], schema=self.schema))

    def ids(self) -> pa.Array:
        """Return the ids of the articles that have a vector."""
        return ids_of(self.table)

    def get(self, ids: pa.Array) -> npt.NDArray[np.float32]:
        """Read vectors in the order of ``ids``.

        Returns
        -------
        ndarray of shape (n_ids, dim), float32, L2-normalised

        Raises
        ------
        StoreError
            When an article has no vector yet.
        """
        # Filled batch by batch into one array: reading the column whole would hold it two or three times over.
        vectors = np.empty((len(ids), self.dim), dtype=np.float32)
        seen = np.zeros(len(ids), dtype=bool)
        for position, batch in rows_for(self.table, ids, ["vector"]):
            rows = position.to_numpy(zero_copy_only=False)
            vectors[rows] = batch["vector"].flatten().to_numpy().reshape(-1, self.dim)
            seen[rows] = True
        if not seen.all():
            raise StoreError(f"{int((~seen).sum())} of {len(ids)} articles have no vector yet; run: rubrika embed")
        return vectors
