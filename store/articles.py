"""Articles: one row per distinct text, and one sighting per source that carried it."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from lancedb.db import DBConnection

from store.lance import ids_of, insert_new, key_field, open_table, read, rows_for, scan

SCHEMA = pa.schema(
    [
        key_field("id"),
        ("source", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("published_at", pa.timestamp("us", tz="UTC")),
        ("published_raw", pa.string()),
    ]
)

# An article seen again is a new sighting, never a changed article: rows that are only added cannot be lost by two
# writers, and the first source and date stay what they were. `key` is made of article and source.
SIGHTINGS = pa.schema(
    [
        key_field("key"),
        ("article_id", pa.string()),
        ("source", pa.string()),
        ("published_at", pa.timestamp("us", tz="UTC")),
        ("published_raw", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
    ]
)


class Articles:
    """The articles table and, beside it, every place where an article was seen.

    Parameters
    ----------
    db
        An open database, see :func:`store.lance.connect`.
    """

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "articles", SCHEMA)
        self.sightings = open_table(db, "sightings", SIGHTINGS)

    def add(self, rows: pa.Table, sightings: pa.Table) -> int:
        """Store the articles that are not there yet and every new sighting; repeating it changes nothing.

        Sightings go first: an interrupted call leaves a sighting whose article the repeated call brings, never an
        article without its origin.

        Parameters
        ----------
        rows, sightings
            Tables with the columns of ``SCHEMA`` and ``SIGHTINGS``.

        Returns
        -------
        int
            Articles stored that were not there before.
        """
        insert_new(self.sightings, sightings.select(SIGHTINGS.names).cast(SIGHTINGS), key="key")
        return insert_new(self.table, rows.select(SCHEMA.names).cast(SCHEMA))

    def count(self) -> int:
        """Return the number of distinct articles."""
        return int(self.table.count_rows())

    def ids(self) -> pa.Array:
        """Return all article ids, in stored order."""
        return ids_of(self.table)

    def dates(self) -> pa.Table:
        """Return the columns ``id`` and ``published_at`` of all articles."""
        return read(self.table, ["id", "published_at"])

    def batches(self, columns: list[str], missing_from: pa.Array | None = None) -> Iterator[pa.RecordBatch]:
        """Stream columns of all articles, or only of those whose id is not in ``missing_from``."""
        # Filtered here and not in SQL: a condition that lists every id would be megabytes of text.
        for batch in scan(self.table, ["id", *columns]):
            rows = batch
            if missing_from is not None:
                rows = batch.filter(pc.invert(pc.is_in(batch["id"], value_set=missing_from)))
            if rows.num_rows:
                yield rows

    def get(self, ids: pa.Array, columns: list[str]) -> pa.Table:
        """Return columns of the given articles in the order of ``ids``; ids that are not stored are left out."""
        # The engine answers in its own order; rows are numbered as they come and put into the caller's at the end.
        batches = [batch.append_column("row", position) for position, batch in rows_for(self.table, ids, columns)]
        if not batches:
            return self.table.schema.empty_table().select(["id", *columns])
        return pa.Table.from_batches(batches).sort_by("row").drop_columns("row")
