"""Choices: which candidate cross-validation chose for a category, kept so that a retrain need not choose again."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import key_field, open_table, read, replace_value, upsert

SCHEMA = pa.schema([key_field("category"), ("choice", pa.string())])


class Choices:
    """Category → the chosen candidate and the figures it was chosen by."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "choices", SCHEMA)

    def all(self) -> dict[str, dict[str, Any]]:
        """Return every category's choice."""
        rows = read(self.table).to_pylist()
        return {row["category"]: json.loads(row["choice"]) for row in rows}

    def put(self, choices: dict[str, dict[str, Any]]) -> None:
        """Write choices, replacing those of the same categories."""
        texts = [json.dumps(choice, sort_keys=True, ensure_ascii=False) for choice in choices.values()]
        upsert(self.table, pa.table({"category": list(choices), "choice": texts}, schema=SCHEMA), key="category")

    def rename(self, old: str, new: str) -> None:
        """Give a category's choice to its new key, in place of one that was left there."""
        # The check makes a repeated rename harmless: after the first, `old` is gone, and what stands under `new` is the
        # choice that was moved there.
        if old in self.all():
            self.table.delete(f"category = '{new}'")
            replace_value(self.table, "category", old, new)
