"""Tables with quotes (RFC 4180 and what is made of it), whose texts go over many lines and quotes stay open."""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from pipeline.crawl.article import Assumed
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.csv_starts import Starts
from pipeline.crawl.csv_tape import Tape, TooLargeError
from pipeline.crawl.dialect import Dialect
from pipeline.crawl.files import MAX_RECORD
from pipeline.crawl.quoting import show_quotes
from pipeline.crawl.rows import Accepted, Rejected, Row, judge

_LOST = ("broken quotes", "record too large")  # after these the reader is somewhere inside a text
_NULL = "\\N"  # nothing, as databases export it


def read_csv(file: CrawlFile, dialect: Dialect, assumed: Assumed) -> Iterator[Row]:
    """Read a table with quotes.

    After a broken record reading goes on at its next line that begins a record, so that a quote which is never closed
    does not swallow the records after it.

    Parameters
    ----------
    file
        With a header.
    dialect
        How it is written: quoted or backslashed; plain or unbroken, if quotes mean nothing.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every record.
    """
    csv.field_size_limit(MAX_RECORD)
    tape = Tape(islice(file.lines(), dialect.skip, None), backslashed=dialect.style == "backslashed")
    starts = Starts(dialect.columns, dialect.delimiter)
    quotes: Literal[0, 3] = csv.QUOTE_NONE if dialect.style in ("plain", "unbroken") else csv.QUOTE_MINIMAL
    records = csv.reader(tape, delimiter=dialect.delimiter, quoting=quotes, strict=True)
    while (row := _next_row(records, tape, dialect, assumed)) is not None:
        if isinstance(row, Accepted):
            starts.sources.learn(row.article.source.encode())
        yield _apart(row, tape, starts) if isinstance(row, Rejected) else row


def _apart(row: Rejected, tape: Tape, starts: Starts) -> Rejected:
    """Take back from a broken record the ones it swallowed, and give it what is left of it after it broke."""
    if row.reason not in (*_LOST, "wrong number of fields"):
        return row
    rest = b"" if tape.rewind(starts) or row.reason not in _LOST else tape.skip(starts)
    return Rejected((tape.raw() + rest)[:MAX_RECORD], row.line, row.reason)


def _next_row(records: Iterator[list[str]], tape: Tape, dialect: Dialect, assumed: Assumed) -> Row | None:
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
    if _NULL in values:
        values = ["" if value == _NULL else value for value in values]
    if dialect.style == "backslashed":
        values = list(map(show_quotes, values))
    return judge(dialect.columns, values, tape.raw(), line, assumed)
