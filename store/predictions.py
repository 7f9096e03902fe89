"""Predictions: what a bundle answered about each article, for SQL and for comparing bundles."""

from __future__ import annotations

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import append_rows, explained_write, ids_of, open_table, replace_value

SCHEMA = pa.schema(
    [
        ("bundle", pa.string()),
        ("article_id", pa.string()),
        ("category", pa.string()),
        ("probability", pa.float32()),
        ("verdict", pa.string()),
    ]
)


class Predictions:
    """Probability and verdict per bundle, article and category."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "predictions", SCHEMA)

    def replace(self, bundle: str, rows: pa.Table) -> None:
        """Write a bundle's predictions in place of those it had."""
        with explained_write("predictions"):
            self.table.delete(f"bundle = '{bundle}'")
        self.add(rows)

    def add(self, rows: pa.Table) -> None:
        """Write predictions of articles that a bundle has none of."""
        append_rows(self.table, rows.select(SCHEMA.names).cast(SCHEMA))

    def article_ids(self, bundle: str) -> pa.Array:
        """Return the ids of the articles that a bundle has predictions of, each once."""
        return ids_of(self.table, "article_id", f"bundle = '{bundle}'").unique()

    def rename(self, old: str, new: str) -> None:
        """Give a category's predictions to its new key."""
        replace_value(self.table, "category", old, new)
