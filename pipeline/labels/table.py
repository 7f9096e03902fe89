"""The table of labelled articles, as newsrooms exchange it: one row an article, one 1/0/blank column a category."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from models.files import write_atomically
from pipeline.labels.sheet import as_csv, iso_moment
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from store.articles import Articles

ARTICLE = ("source", "title", "text", "publication_date")
SUFFIXES = (".csv", ".jsonl", ".parquet")
TEXTS = (*ARTICLE[:3], "generation")
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


def article_rows(home: Home, said: Mapping[str, Row]) -> list[dict[str, Any]]:
    """The stored ones of some articles with what was said of each, ordered by id; a date that is not known is None.

    Parameters
    ----------
    said
        Article → its other cells.
    """
    found = Articles(home.db).get(pa.array(sorted(said), pa.string()), ["source", "title", "text", "published_at"])
    rows = found.rename_columns(["id", *ARTICLE]).to_pylist()
    return [{**row, **said[row["id"]]} for row in rows]


def write_table(file: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Write some columns of rows in the format of the file's suffix, whole or not at all; what a row lacks is blank.

    A CSV begins with the mark that spreadsheets need for Cyrillic.

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
            write_atomically(file, as_csv(columns, rows).encode("utf-8-sig"))


def as_jsonl(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """An object a line, with every column; None is null."""
    objects = ({name: iso_moment(row.get(name)) for name in columns} for row in rows)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


def as_parquet(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Strings, a timestamp in UTC, and int8 for what is 1, 0 or null."""
    kinds = dict.fromkeys(TEXTS, pa.string()) | {"publication_date": pa.timestamp("us", tz="UTC")}
    arrays = {name: pa.array([row.get(name) for row in rows], kinds.get(name, pa.int8())) for name in columns}
    written = pa.BufferOutputStream()
    pq.write_table(pa.table(arrays), written)
    return bytes(written.getvalue())
