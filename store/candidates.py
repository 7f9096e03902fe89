"""Candidates: articles that may belong to a category because another category says so; never labels, only to review."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import append, open_table, replace_value, writing

# A NULL suggestion is for a person to decide.
SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("category", pa.string()),
        ("derived_from", pa.string()),
        ("suggestion", pa.int8()),
    ]
)


class Candidates:
    """What splitting and merging categories proposes, apart from the labels."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "candidates", SCHEMA)

    def replace(self, categories: Sequence[str], derived_from: Sequence[str], rows: pa.Table) -> None:
        """Write the candidates that some categories have from others in place of those they had from them."""
        with writing("candidates"):
            self.table.delete(f"category IN ({listed(categories)}) AND derived_from IN ({listed(derived_from)})")
        append(self.table, rows.select(SCHEMA.names).cast(SCHEMA))

    def rename(self, old: str, new: str) -> None:
        """Give a category's candidates, and those derived from it, to its new key."""
        replace_value(self.table, "category", old, new)
        replace_value(self.table, "derived_from", old, new)


def listed(keys: Sequence[str]) -> str:
    """Category keys, which hold no quotes, as a SQL list."""
    return ", ".join(f"'{key}'" for key in keys)
