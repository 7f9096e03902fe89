"""Lexical features: hashed n-gram counts of every article, cached so that retraining never touches text."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import scipy.sparse as sp
from lancedb.db import DBConnection

from store.errors import StoreError
from store.lance import ids_of, insert_new, key_field, open_table, rows_for

# 16 bits a count: an n-gram that stands in a text more often than 65,535 times is no news.
PARTS = (("index", pa.uint32()), ("count", pa.uint16()))


class Lexical:
    """Sparse count blocks of all articles, one pair of list columns a block.

    Parameters
    ----------
    db
        An open database.
    protocol
        The fingerprint of the way the counts were made; another protocol is another table.
    blocks
        Block name → number of hash buckets.
    """

    def __init__(self, db: DBConnection, protocol: str, blocks: Mapping[str, int]) -> None:
        self.blocks = dict(blocks)
        columns = [(f"{name}_{part}", pa.list_(kind)) for name in blocks for part, kind in PARTS]
        self.schema = pa.schema([key_field("id"), *columns])
        self.table = open_table(db, f"lexical_{protocol}", self.schema)

    def add(self, ids: pa.Array, counts: Mapping[str, sp.csr_matrix]) -> int:
        """Cache counts, one (n_articles, buckets) CSR matrix a block; returns the rows that were new."""
        columns = [column for name in self.blocks for column in to_lists(counts[name])]
        return insert_new(self.table, pa.Table.from_arrays([ids, *columns], schema=self.schema))

    def ids(self) -> pa.Array:
        """Return the ids of the articles that have lexical features."""
        return ids_of(self.table)

    def get(self, ids: pa.Array) -> dict[str, sp.csr_matrix]:
        """Read counts in the order of ``ids``: block → (n_ids, buckets) CSR matrix, float32.

        Raises
        ------
        StoreError
            When an article has no features yet.
        """
        if not len(ids):  # there is nothing to stack then, and stacking refuses that
            return {name: sp.csr_matrix((0, buckets), dtype=np.float32) for name, buckets in self.blocks.items()}
        columns = [f"{name}_{part}" for name in self.blocks for part, _ in PARTS]
        batches = list(rows_for(self.table, ids, columns))
        position = np.concatenate([p.to_numpy(zero_copy_only=False) for p, _ in batches] or [np.empty(0, np.int64)])
        if len(position) != len(ids):
            missing = len(ids) - len(position)
            raise StoreError(f"{missing} of {len(ids)} articles have no lexical features yet; run: rubrika embed")
        # Batches are stacked as they came and put into the order of `ids` once, instead of row by row.
        order = np.argsort(position)
        return {
            name: sp.vstack([from_lists(batch, name, buckets) for _, batch in batches], format="csr")[order]
            for name, buckets in self.blocks.items()
        }


def to_lists(matrix: sp.csr_matrix) -> tuple[pa.ListArray, pa.ListArray]:
    """Turn CSR rows into list columns (bucket numbers, counts capped at 65,535)."""
    offsets = pa.array(matrix.indptr.astype(np.int32))
    counts = np.minimum(matrix.data, 65535).astype(np.uint16)
    return (
        pa.ListArray.from_arrays(offsets, pa.array(matrix.indices.astype(np.uint32))),
        pa.ListArray.from_arrays(offsets, pa.array(counts)),
    )


def from_lists(batch: pa.RecordBatch, name: str, buckets: int) -> sp.csr_matrix:
    """Turn list columns back into CSR rows."""
    index, count = batch[f"{name}_index"], batch[f"{name}_count"]
    lengths = index.value_lengths().to_numpy(zero_copy_only=False)
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    indices = index.flatten().to_numpy().astype(np.int32)
    data = count.flatten().to_numpy().astype(np.float32)
    return sp.csr_matrix((data, indices, indptr), shape=(len(lengths), buckets))
