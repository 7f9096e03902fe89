"""Candidates for review: articles that may belong to a category because another category says so; never labels."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import append_rows, explained_write, open_table, replace_value

# A NULL suggestion is for a person to decide. No key: `replace` writes all that one split or merge proposes at once.
SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("category", pa.string()),
        ("derived_from", pa.string()),
        ("suggestion", pa.int8()),
    ]
)


class ReviewCandidates:
    """What splitting and merging categories proposes, apart from the labels."""

    def __init__(self, db: DBConnection) -> None:
        # Short, since analysts type it; the class is not, since heads have candidates of another kind.
        self.table = open_table(db, "candidates", SCHEMA)

    def replace(self, categories: Sequence[str], derived_from: Sequence[str], rows: pa.Table) -> None:
        """Write the candidates that some categories have from others in place of those they had from them."""
        with explained_write("candidates"):
            self.table.delete(f"category IN ({sql_list(categories)}) AND derived_from IN ({sql_list(derived_from)})")
        append_rows(self.table, rows.select(SCHEMA.names).cast(SCHEMA))

    def rename(self, old: str, new: str) -> None:
        """Give a category's candidates, and those derived from it, to its new key."""
        replace_value(self.table, "category", old, new)
        replace_value(self.table, "derived_from", old, new)


def sql_list(keys: Sequence[str]) -> str:
    """Category keys, which hold no quotes, as a SQL list."""
    return ", ".join(f"'{key}'" for key in keys)
