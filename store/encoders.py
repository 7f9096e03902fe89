"""Encoders: which encoder this store was built with; the choice stays until it is changed on purpose."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from lancedb.db import DBConnection

from store.lance import key_field, open_table, read, upsert

SCHEMA = pa.schema(
    [key_field("id"), ("spec", pa.string()), ("dim", pa.int32()), ("chosen_at", pa.timestamp("us", tz="UTC"))]
)


class Encoders:
    """The encoders that this store has vectors of."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "encoders", SCHEMA)

    def choose(self, fingerprint: str, spec: dict[str, Any], dim: int) -> None:
        """Make an encoder the store's current one."""
        rows = {"id": [fingerprint], "spec": [json.dumps(spec, sort_keys=True)], "dim": [dim]}
        # An encoder that is chosen again gets a later moment, not another row: `current` takes the latest.
        upsert(self.table, pa.table({**rows, "chosen_at": [datetime.now(UTC)]}, schema=SCHEMA))

    def current(self) -> tuple[dict[str, Any], int] | None:
        """Return the current encoder's specification and dimension, or None before the first embed."""
        rows = read(self.table).sort_by([("chosen_at", "descending")])
        if rows.num_rows == 0:
            return None
        return json.loads(rows["spec"][0].as_py()), rows["dim"][0].as_py()

    def dim(self, fingerprint: str) -> int | None:
        """Return the dimension of an encoder that this store has had, or None."""
        rows = read(self.table).filter(pc.field("id") == fingerprint)
        return int(rows["dim"][0].as_py()) if rows.num_rows else None
