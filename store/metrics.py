"""Metrics: the figures of every evaluation, one per row, so that SQL can follow them over bundles."""

from __future__ import annotations

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import append_rows, explained_write, open_table, replace_value

SCHEMA = pa.schema(
    [
        ("bundle", pa.string()),
        ("model", pa.string()),
        ("category", pa.string()),
        ("metric", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("evaluated_at", pa.timestamp("us", tz="UTC")),
    ]
)


class Metrics:
    """Figures with their 95 % intervals per bundle, model (the bundle's heads or a baseline) and category."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "metrics", SCHEMA)

    def replace(self, bundle: str, rows: pa.Table) -> None:
        """Write a bundle's figures in place of those it had."""
        # Deleted, then appended: a kill between the two leaves a bundle without figures, never with two sets of them;
        # evaluating it again mends that.
        with explained_write("metrics"):
            self.table.delete(f"bundle = '{bundle}'")
        append_rows(self.table, rows.select(SCHEMA.names).cast(SCHEMA))

    def rename(self, old: str, new: str) -> None:
        """Give a category's figures to its new key."""
        replace_value(self.table, "category", old, new)
