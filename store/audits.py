"""Audits: which of an annotator's opinions were drawn for a person to check, so that what they find can be weighed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import insert_new, key_field, open_table, read, replace_value

# One row a stratum: the opinions of one category with one value.
SCHEMA = pa.schema(
    [
        key_field("key"),
        ("audit", pa.string()),
        ("annotator", pa.string()),
        ("seed", pa.int64()),
        ("drawn_at", pa.timestamp("us", tz="UTC")),
        ("category", pa.string()),
        ("value", pa.int8()),
        ("population", pa.int64()),
        ("sample", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True)
class Stratum:
    """The opinions with one value in one category: how many there were, and the articles drawn of them in order."""

    category: str
    value: int
    population: int
    sample: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """A sample of one annotator's opinions as they stood when it was drawn."""

    id: str
    annotator: str
    seed: int
    drawn_at: datetime
    strata: tuple[Stratum, ...]


class Audits:
    """Every sample that was drawn."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "audits", SCHEMA)

    def add(self, audit: Audit) -> None:
        """Keep a sample, whole or not at all; one that is there already changes nothing."""
        # One insert of all strata, one commit: an interrupted call leaves no audit with half of its strata.
        of = {"audit": audit.id, "annotator": audit.annotator, "seed": audit.seed, "drawn_at": audit.drawn_at}
        rows = [
            {"key": f"{audit.id}:{stratum.category}:{stratum.value}", **of, **vars(stratum)} for stratum in audit.strata
        ]
        insert_new(self.table, pa.Table.from_pylist(rows, schema=SCHEMA), key="key")

    def all(self) -> list[Audit]:
        """Return every sample, oldest first."""
        # All four, since a table without an index gives its rows in any order, and strata are compared as tuples.
        order = [("drawn_at", "ascending"), ("audit", "ascending"), ("category", "ascending"), ("value", "descending")]
        audits: dict[str, Audit] = {}
        for row in read(self.table).sort_by(order).to_pylist():
            stratum = Stratum(row["category"], row["value"], row["population"], tuple(row["sample"]))
            before = audits[row["audit"]].strata if row["audit"] in audits else ()
            strata = (*before, stratum)
            audits[row["audit"]] = Audit(row["audit"], row["annotator"], row["seed"], row["drawn_at"], strata)
        return list(audits.values())

    def rename(self, old: str, new: str) -> None:
        """Give a category's strata to its new key."""
        replace_value(self.table, "category", old, new)
