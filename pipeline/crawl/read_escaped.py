r"""Tables as databases export them: no quotes, ``\t`` and ``\n`` inside fields, ``\N`` where there is nothing."""

from collections.abc import Iterator
from itertools import islice

from pipeline.crawl.article import Assumed
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.dialect import Dialect
from pipeline.crawl.files import MAX_RECORD, Line
from pipeline.crawl.quoting import is_continued, split_escaped, unescape
from pipeline.crawl.rows import Rejected, Row, judge

_END = b"\\."  # after the last record of Postgres's COPY


def read_escaped(file: CrawlFile, dialect: Dialect, assumed: Assumed) -> Iterator[Row]:
    r"""Read what Postgres's COPY and MySQL's INTO OUTFILE write, with or without a header.

    Parameters
    ----------
    file
        One record a line, but for breaks after a backslash.
    dialect
        How it is written: escaped.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every record; the mark at the end of a COPY is none.
    """
    for record in _records(islice(file.lines(), dialect.skip, None)):
        if record.data.strip() in (b"", _END):
            continue
        yield _row(record, dialect, assumed)


def _records(lines: Iterator[Line]) -> Iterator[Line]:
    """Join lines whose breaks are escaped."""
    for first in lines:
        number, data, whole = first
        while whole and data.endswith(b"\n") and is_continued(data.decode("utf-8", "replace")):
            following = next(lines, None)
            if following is None:
                break
            data, whole = data + following.data, following.whole and len(data) < MAX_RECORD
        yield Line(number, data, whole)


def _row(record: Line, dialect: Dialect, assumed: Assumed) -> Row:
    if not record.whole:
        return Rejected(record.data[:MAX_RECORD], record.number, "record too large")
    try:
        text = record.data.decode("utf-8")
    except UnicodeDecodeError:
        return Rejected(record.data, record.number, "undecodable bytes")
    values = [unescape(field) for field in split_escaped(text.rstrip("\r\n"), dialect.delimiter)]
    return judge(dialect.columns, values, record.data, record.number, assumed)
