"""Renames: which key a category had before, so that what was written under the old key is still understood."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import has_table, key_field, open_table, read, upsert

NAME = "renames"
SCHEMA = pa.schema(
    [
        key_field("id"),
        ("old", pa.string()),
        ("new", pa.string()),
        ("renamed_at", pa.timestamp("us", tz="UTC")),
        ("finished", pa.bool_()),
    ]
)


def unfinished_rename(db: DBConnection) -> tuple[str, str] | None:
    """Return the old and new key of a rename that was interrupted; a home that never renamed gets no table by it."""
    return Renames(db).unfinished() if has_table(db, NAME) else None


class Renames:
    """The log of renames; one that was interrupted stands there unfinished."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, NAME, SCHEMA)

    def unfinished(self) -> tuple[str, str] | None:
        """Return the old and new key of the rename that was interrupted, or None."""
        rows = self._rows("NOT finished")
        return (rows[0]["old"], rows[0]["new"]) if rows else None

    def begin(self, old: str, new: str) -> None:
        """Note a rename before anything is moved."""
        # The moment is part of the key: a category may be renamed back and forth, and each time is a row.
        now = datetime.now(UTC)
        row = {"id": f"{old}>{new}@{now.isoformat()}", "old": old, "new": new, "renamed_at": now, "finished": False}
        upsert(self.table, pa.Table.from_pylist([row], schema=SCHEMA))

    def finish(self) -> None:
        """Note that everything was moved."""
        rows = [row | {"finished": True} for row in self._rows("NOT finished")]
        upsert(self.table, pa.Table.from_pylist(rows, schema=SCHEMA))

    def since(self, moment: datetime) -> list[tuple[str, str]]:
        """Return the old and new keys of the finished renames after a moment, oldest first."""
        return [(row["old"], row["new"]) for row in self._rows("finished") if row["renamed_at"] > moment]

    def _rows(self, where: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = read(self.table, where=where).sort_by("renamed_at").to_pylist()
        return rows
