"""The table of labelled articles, as newsrooms exchange it: one row an article, one 1/0/blank column a category."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from models.files import write_atomically
from pipeline.labels.sheet import as_csv, cell, iso_moment
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from store.articles import Articles

ARTICLE = ("id", "source", "title", "text", "publication_date")
SUFFIXES = (".csv", ".jsonl", ".parquet")
TEXTS = (*ARTICLE[:4], "generation")
Row = Mapping[str, Any]


def require_new_table(file: Path) -> None:
    """Refuse a format that cannot be written and a file that is there, before anything is asked and paid for.

    Raises
    ------
    PipelineError
        With exit code 2.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise PipelineError(f"{file}: unknown suffix {file.suffix!r}; written are {', '.join(SUFFIXES)}", exit_code=2)
    if file.exists():
        raise PipelineError(f"{file} is there already; move it away, or export to another file", exit_code=2)


def article_rows(home: Home, more: Mapping[str, Row]) -> list[dict[str, Any]]:
    """The stored ones of some articles with what was said of each, ordered by id; a date that is not known is None.

    Parameters
    ----------
    more
        Article → its other cells.
    """
    stored = Articles(home.db).get(pa.array(sorted(more), pa.string()), ["source", "title", "text", "published_at"])
    rows = stored.rename_columns(ARTICLE).to_pylist()
    return [{**row, **more[row["id"]]} for row in rows]


def write_table(file: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Write some columns of rows in the format of the file's suffix, whole or not at all; what a row lacks is blank.

    A CSV begins with the mark that spreadsheets need for Cyrillic, and no text in it can be taken for a formula. The id
    proves on the way back that a text was marked for that, so that it is the same article again.

    Parameters
    ----------
    columns
        Those of an article, ``generation``, and any others, which hold 1, 0 or None.
    """
    match file.suffix.lower():
        case ".jsonl":
            write_atomically(file, as_jsonl(columns, rows))
        case ".parquet":
            write_atomically(file, as_parquet(columns, rows))
        case _:
            write_atomically(file, as_csv(columns, map(escaped, rows)).encode("utf-8-sig"))


def escaped(row: Row) -> Row:
    """A row whose texts are no formulas."""
    return {name: cell(value) if isinstance(value, str) else value for name, value in row.items()}


def as_jsonl(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """An object a line, with every column; None is null."""
    objects = ({name: iso_moment(row.get(name)) for name in columns} for row in rows)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in objects)


def as_parquet(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Strings, a timestamp in UTC, and int8 for what is 1, 0 or null."""
    kinds = dict.fromkeys(TEXTS, pa.string()) | {"publication_date": pa.timestamp("us", tz="UTC")}
    arrays = {name: pa.array([row.get(name) for row in rows], kinds.get(name, pa.int8())) for name in columns}
    written = pa.BufferOutputStream()
    pq.write_table(pa.table(arrays), written)
    return bytes(written.getvalue())
