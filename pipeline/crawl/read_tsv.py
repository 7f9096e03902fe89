"""Tab-separated crawls, with or without a header, whose texts go over many lines."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import HEADERLESS, Columns, find_columns, is_header, require_text
from pipeline.crawl.files import Line, read_lines
from pipeline.crawl.framing import frame
from pipeline.crawl.layout import Layout
from pipeline.crawl.record import Framed
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.setup.errors import PipelineError

_HEAD = 2**20  # bytes in which the first good record must begin and end
_LONGEST_HEADER = 2**16  # bytes


def read_tsv(path: Path, assumed: Assumed) -> Iterator[Row]:
    """Read a tab-separated crawl.

    Parameters
    ----------
    path
        Fields source, title, text, date; or with a header, under the names of `columns.KNOWN_NAMES` and any others.
        Quotes mean nothing.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every record.

    Raises
    ------
    PipelineError
        If the first megabyte holds no record of the right shape, or a header has no text column.
    """
    names = _names(path)
    columns = require_text(find_columns(names), path) if is_header(names) else HEADERLESS
    _check_shape(path, columns)
    layout = Layout.of(columns)
    for record in frame(_records_of(path, columns), columns):
        yield _row(record, columns, layout, assumed)


def _names(path: Path) -> tuple[str, ...]:
    """Return the fields of the first line, which may be a header."""
    first = next(read_lines(path)).data[:_LONGEST_HEADER]
    return tuple(first.rstrip(b"\r\n").decode("utf-8", "replace").split("\t"))


def _records_of(path: Path, columns: Columns) -> Iterator[Line]:
    return islice(read_lines(path), 0 if columns is HEADERLESS else 1, None)


def _check_shape(path: Path, columns: Columns) -> None:
    """Refuse a file in which nothing ends with a date and no line has just the right number of fields."""
    expected = len(columns.names)
    if any(record.sure for record in frame(_head(path, columns), columns)):
        return
    tabs = [line.data.count(b"\t") for line in _head(path, columns) if line.data.strip()]
    if expected - 1 in tabs or not tabs:
        return
    raise PipelineError(
        f"{path}: its first megabyte holds no record of {expected} tab-separated fields ({', '.join(columns.names)}); "
        f"the first line has {tabs[0]} tabs"
    )


def _head(path: Path, columns: Columns) -> Iterator[Line]:
    size = 0
    for line in _records_of(path, columns):
        yield line
        size += len(line.data)
        if size > _HEAD:
            return


def _row(record: Framed, columns: Columns, layout: Layout, assumed: Assumed) -> Row:
    if record.broken:
        return Rejected(record.raw, record.line, record.broken)
    try:
        values = [field.decode("utf-8") for field in layout.split(record.raw)]
    except UnicodeDecodeError:
        return Rejected(record.raw, record.line, "undecodable bytes")
    return judge(columns, values, record.raw, record.line, assumed)
