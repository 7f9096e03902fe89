"""Quarantine: the rows that could not become articles, whole, with where they stood and why."""

from __future__ import annotations

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import insert_new, key_field, open_table

SCHEMA = pa.schema(
    [
        key_field("key"),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("reason", pa.string()),
        ("raw", pa.large_binary()),  # bytes, since what is quarantined may be no text in any encoding
        ("preview", pa.string()),
    ]
)


class Quarantine:
    """Rejected rows; ``raw`` holds their bytes as read, ``preview`` the same readable."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "quarantine", SCHEMA)

    def add(self, rows: pa.Table) -> int:
        """Keep rejected rows; the same row of the same file is kept once.

        Returns
        -------
        int
            Rows that were not in quarantine before.
        """
        return insert_new(self.table, rows.select(SCHEMA.names).cast(SCHEMA), key="key")

    def count(self) -> int:
        """Return the number of rows in quarantine."""
        return int(self.table.count_rows())
