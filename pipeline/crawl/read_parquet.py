"""Crawls in parquet, batch by batch."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import Chosen, Columns, require_chosen, require_text
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.fields import to_strings
from pipeline.crawl.files import GZIP_ERRORS, broken_gzip, is_gzip, open_bytes
from pipeline.crawl.json_record import JsonRecord, record_of
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.crawl.values import to_string
from pipeline.setup.errors import PipelineError

_BATCH = 256  # rows; their texts are in memory twice


def read_parquet(file: CrawlFile, assumed: Assumed) -> Iterator[Row]:
    """Read a parquet file.

    Parameters
    ----------
    file
        With the columns of `names.FIELD_NAMES` and any others; dates may be strings, integers or timestamps.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every row; `line` counts rows from 1.

    Raises
    ------
    PipelineError
        If it is not parquet, is damaged, or has no text column.
    """
    with ExitStack() as stack:
        try:
            table = pq.ParquetFile(_seekable(file.path, stack), pre_buffer=False, buffer_size=2**20)
            columns = file.columns(tuple(table.schema_arrow.names))
            shape = {field.name: _skeleton(field.type) for field in table.schema_arrow}
            require_text(record_of(shape, file.chosen).columns, file.path)
            require_chosen(columns, file.path, file.chosen)
            number = 0
            for batch in table.iter_batches(_BATCH):
                for values in zip(*map(_plain, batch.columns), strict=True):
                    number += 1
                    yield _row(columns, values, number, assumed, file.chosen)
        except (pa.ArrowException, OSError) as error:
            reason = str(error).splitlines()[0]
            raise PipelineError(f"{file.path}: not a parquet file, or a damaged one: {reason}") from error


def _seekable(path: Path, stack: ExitStack) -> BinaryIO:
    """Open the file; what is compressed is unpacked to disk, because parquet is read from its end."""
    stream = stack.enter_context(open_bytes(path))
    if not is_gzip(path):
        return stream
    unpacked = cast(BinaryIO, stack.enter_context(tempfile.TemporaryFile()))  # noqa: SIM115 - the stack closes it
    try:
        shutil.copyfileobj(stream, unpacked)
    except GZIP_ERRORS as error:
        raise broken_gzip(path, error) from error
    unpacked.seek(0)
    return unpacked


def _plain(column: pa.Array) -> list[Any]:
    """Return a column's values; strings as bytes, so that one undecodable value stays one, times as ISO strings."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        column = column.cast(pa.large_binary())
    elif pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        column = column.cast(pa.string())
    return list(column.to_pylist())


def _skeleton(kind: pa.DataType) -> dict[str, Any] | None:
    """Return the names inside a struct, to see before reading whether a text is among them."""
    return {field.name: _skeleton(field.type) for field in kind} if pa.types.is_struct(kind) else None


def _row(columns: Columns, values: tuple[Any, ...], number: int, assumed: Assumed, chosen: Chosen) -> Row:
    try:
        plain = [value.decode("utf-8") if isinstance(value, bytes) else value for value in values]
    except UnicodeDecodeError:
        return Rejected(_raw(columns, [str(value) for value in values]), number, "undecodable bytes")
    record = JsonRecord(columns, plain)
    if any(isinstance(value, dict) for value in plain):
        record = record_of(dict(zip(columns.names, plain, strict=True)), chosen)
    strings = to_strings(record.columns, record.values)
    if isinstance(strings, str):
        row: Row = Rejected(b"", number, strings)
    else:
        row = judge(record.columns, strings, b"", number, assumed, dict(zip(columns.names, plain, strict=True)))
    return replace(row, raw=_raw(columns, [to_string(value) for value in plain])) if isinstance(row, Rejected) else row


def _raw(columns: Columns, strings: list[str]) -> bytes:
    return json.dumps(dict(zip(columns.names, strings, strict=True)), ensure_ascii=False).encode()
