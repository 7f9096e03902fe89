"""The one door to LanceDB: connect, open a table, insert what is new, read rows in a given order.

LanceDB's defaults lose or double rows when two processes write: tables are therefore created with an unenforced primary
key in their schema, merges never use an index, and a connection always reads the newest version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import lancedb
import pyarrow as pa
import pyarrow.compute as pc
from lancedb.db import DBConnection
from lancedb.table import Table

from store.errors import StoreError

# Two processes that merge the same new keys double them in silence unless the schema names its key (lancedb issue
# 3377): 15,000 rows for 10,000 keys without it, 10,000 with it.
PRIMARY_KEY = {b"lance-schema:unenforced-primary-key": b"true"}
BATCH_ROWS = 8192  # batches of 65,536 rows read a third more slowly, and hold eight times the memory


def connect(uri: str, storage_options: Mapping[str, str] | None = None) -> DBConnection:
    """Open the database at a folder or an ``s3://`` address, creating the folder when it is missing.

    Raises
    ------
    StoreError
        When the folder cannot be made or the address cannot be opened (exit code 3).
    """
    with explained_write(uri):
        if "://" not in uri:
            Path(uri).mkdir(parents=True, exist_ok=True)
        # An interval of zero looks for a newer version at every read; left out, an open table never sees other writers.
        return lancedb.connect(
            uri, read_consistency_interval=timedelta(0), storage_options=dict(storage_options or {}) or None
        )


def key_field(name: str) -> pa.Field:
    """A non-null string column that merges treat as the table's identity."""
    return pa.field(name, pa.string(), nullable=False, metadata=PRIMARY_KEY)


def open_table(db: DBConnection, name: str, schema: pa.Schema) -> Table:
    """Open a table, creating it empty with ``schema`` when it is not there; a column that it lacks is added, null."""
    with explained_write(name):
        try:
            return db.create_table(name, schema=schema, exist_ok=True)
        except ValueError:  # the table is there with another schema
            add_columns(db.open_table(name), schema)
            return db.create_table(name, schema=schema, exist_ok=True)


def has_table(db: DBConnection, name: str) -> bool:
    """Whether a table is there; asking makes none."""
    try:
        db.open_table(name)
    except ValueError:
        return False
    return True


def add_columns(table: Table, schema: pa.Schema) -> None:
    """Give a table the columns that it lacks, null: it is of a home that an earlier version made."""
    present = set(table.schema.names)
    if later := [field for field in schema if field.name not in present]:
        table.add_columns(later)


def insert_new(table: Table, rows: pa.Table, key: str = "id") -> int:
    """Insert the rows whose key the table does not hold yet; safe to repeat and safe beside other writers.

    Returns
    -------
    int
        Rows inserted.
    """
    if rows.num_rows == 0:  # a merge of nothing is a new version all the same
        return 0
    # Never through an index: a merge that looks keys up in one doubles them again, in spite of the primary key.
    merge = table.merge_insert(key).when_not_matched_insert_all().use_index(False)
    with explained_write(table.name):
        return int(merge.execute(first_of_each(rows, key)).num_inserted_rows)


def upsert(table: Table, rows: pa.Table, key: str = "id") -> None:
    """Insert rows, replacing those whose key is there already."""
    if rows.num_rows == 0:
        return
    merge = table.merge_insert(key).when_matched_update_all().when_not_matched_insert_all().use_index(False)
    with explained_write(table.name):
        merge.execute(first_of_each(rows, key))


def append_rows(table: Table, rows: pa.Table) -> None:
    """Add rows in one commit."""
    if rows.num_rows:
        with explained_write(table.name):
            table.add(rows)


def replace_value(table: Table, column: str, old: str, new: str) -> None:
    """Write ``new`` wherever a column says ``old``, in one commit; safe to repeat."""
    # No quoting is needed: the values are category keys, which are small letters, digits and _.
    with explained_write(table.name):
        table.update(where=f"{column} = '{old}'", values={column: new})


def first_of_each(rows: pa.Table, key: str) -> pa.Table:
    """Drop later rows with a key seen before: a merge would insert every copy of a key that its batch repeats."""
    # One thread keeps the keys in the order of their rows; several would mix them.
    numbered = rows.select([key]).append_column("row", pa.array(range(rows.num_rows), pa.int64()))
    kept = numbered.group_by(key, use_threads=False).aggregate([("row", "min")])["row_min"]
    return rows if len(kept) == rows.num_rows else rows.take(kept)


def scan(table: Table, columns: Sequence[str], where: str | None = None) -> Iterator[pa.RecordBatch]:
    """Stream columns in batches, memory bounded by the batch."""
    # Through pylance: its batches come a third faster than lancedb's own.
    with explained_read(table.name):
        yield from table.to_lance().to_batches(columns=list(columns), filter=where, batch_size=BATCH_ROWS)


def read(table: Table, columns: Sequence[str] | None = None, where: str | None = None) -> pa.Table:
    """Read a table into memory, or some of its columns, or the rows for which ``where`` is true."""
    with explained_read(table.name):
        return table.to_lance().to_table(columns=list(columns) if columns else None, filter=where)


def ids_of(table: Table, key: str = "id", where: str | None = None) -> pa.Array:
    """All keys of a table, in its own order."""
    return read(table, [key], where)[key].combine_chunks()


def rows_for(
    table: Table, ids: pa.Array, columns: Sequence[str], key: str = "id"
) -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
    """Stream the rows of the given keys: (position of each row in ``ids``, the rows)."""
    for batch in scan(table, [key, *columns]):
        position = pc.index_in(batch[key], value_set=ids)
        mask = pc.is_valid(position)
        if pc.any(mask).as_py():
            yield position.filter(mask), batch.filter(mask)


@contextmanager
def explained_read(what: str) -> Iterator[None]:
    """Turn the engine's errors about missing and broken files into one line."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(unreadable(what, str(error)), exit_code=3) from error


def unreadable(what: str, reason: str) -> str:
    """Say that a table is damaged and what helps."""
    cure = "put a copy of the store back, or read the crawl again into another --home"
    return f"cannot read {what}, its files are damaged: {' '.join(reason.split())[:200]}; {cure}"


@contextmanager
def explained_write(what: str) -> Iterator[None]:
    """Turn the engine's errors about space, permissions and the network into one line."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise StoreError(f"cannot write {what}: {plain_reason(reason)}", exit_code=3) from error


def plain_reason(reason: str) -> str:
    """Say the commonest causes in a person's words."""
    # Looked for in the engine's text, since it hands on the system's errors without their numbers.
    causes = {
        "No space left": "the disk is full; free some space and run the same command again, nothing is lost",
        "Permission denied": "permission denied; choose another folder with --home",
        "Read-only file system": "the file system is read-only; choose another folder with --home",
        "Not a directory": "a file is in the way; choose another folder with --home",
        "File exists": "a file is in the way; choose another folder with --home",
    }
    return next((words for cause, words in causes.items() if cause in reason), reason[:300])
