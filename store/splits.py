"""Splits: which part each article is in, written once; what was ever test stays test."""

from __future__ import annotations

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import key_field, open_table, read, upsert

SCHEMA = pa.schema([key_field("id"), ("cluster", pa.string()), ("part", pa.string())])


class Splits:
    """Article → near-duplicate cluster and part (train, validation or test)."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "splits", SCHEMA)

    def all(self) -> pa.Table:
        """Return ``id``, ``cluster``, ``part`` of every article that has been assigned."""
        return read(self.table)

    def put(self, rows: pa.Table) -> None:
        """Write assignments, new and changed, in one commit."""
        # One commit: a cluster whose members are half moved would have near-duplicates on both sides of the split.
        upsert(self.table, rows.select(SCHEMA.names).cast(SCHEMA))
