"""Comma-separated crawls (RFC 4180), whose quoted texts go over many lines and whose quotes may never be closed."""

import csv
from collections.abc import Iterator
from pathlib import Path

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import KNOWN_NAMES, Columns, find_columns, require_text
from pipeline.crawl.csv_tape import Starts, Tape, TooLargeError
from pipeline.crawl.files import MAX_RECORD, read_lines
from pipeline.crawl.rows import Accepted, Rejected, Row, judge
from pipeline.setup.errors import PipelineError

_DELIMITERS = ",;"
_LOST = ("broken quotes", "record too large")  # after these the reader is somewhere inside a text


def read_csv(path: Path, assumed: Assumed) -> Iterator[Row]:
    """Read a comma- or semicolon-separated crawl.

    After a broken record reading goes on at its next line that begins with a source, so that a quote which is never
    closed does not swallow the records after it.

    Parameters
    ----------
    path
        With a header of the names of `columns.KNOWN_NAMES` and any others.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every record.

    Raises
    ------
    PipelineError
        If there is no text column.
    """
    csv.field_size_limit(MAX_RECORD)
    lines = read_lines(path)
    columns, delimiter = _header(path, next(lines).data)
    tape, starts = Tape(lines), Starts(columns, delimiter)
    records = csv.reader(tape, delimiter=delimiter, strict=True)
    while (row := _next_row(records, tape, columns, assumed)) is not None:
        if isinstance(row, Accepted):
            starts.sources.learn(row.article.source.encode())
        yield _apart(row, tape, starts) if isinstance(row, Rejected) and starts.known else row


def _apart(row: Rejected, tape: Tape, starts: Starts) -> Rejected:
    """Take back from a broken record the ones it swallowed, and give it what is left of it after it broke."""
    if row.reason not in (*_LOST, "wrong number of fields"):
        return row
    rest = b"" if tape.rewind(starts) or row.reason not in _LOST else tape.skip(starts)
    return Rejected((tape.raw() + rest)[:MAX_RECORD], row.line, row.reason)


def _header(path: Path, data: bytes) -> tuple[Columns, str]:
    """Return the columns and the delimiter under which most of them are known."""
    line = data.rstrip(b"\r\n").decode("utf-8", "replace").replace("\r", " ")
    try:
        tables = [(next(csv.reader([line], delimiter=delimiter), []), delimiter) for delimiter in _DELIMITERS]
    except csv.Error as error:
        raise PipelineError(f"{path}: the first line is not a CSV header: {error}") from error
    names, delimiter = max(tables, key=lambda table: (_known(table[0]), len(table[0])))
    return require_text(find_columns(tuple(names)), path), delimiter


def _known(names: list[str]) -> int:
    columns = find_columns(tuple(names))
    return sum(getattr(columns, field) is not None for field in KNOWN_NAMES)


def _next_row(records: Iterator[list[str]], tape: Tape, columns: Columns, assumed: Assumed) -> Row | None:
    """Read the next record that is not a blank line; None at the end of the file."""
    values: list[str] = []
    try:
        while not values:
            tape.forget()
            values = next(records)
    except StopIteration:
        return None
    except csv.Error:
        return Rejected(tape.raw(), tape.taken[0].number, "broken quotes")
    except TooLargeError:
        return Rejected(tape.raw()[:MAX_RECORD], tape.taken[0].number, "record too large")
    line = tape.taken[0].number
    try:
        "".join(values).encode()
    except UnicodeEncodeError:
        return Rejected(tape.raw(), line, "undecodable bytes")
    return judge(columns, values, tape.raw(), line, assumed)
