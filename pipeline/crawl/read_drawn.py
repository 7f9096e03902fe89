"""Tables that a database's console drew: bars between the fields, lines of dashes, a count of rows at the end."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.crawl.article import Assumed
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.dialect import Dialect
from pipeline.crawl.files import Line
from pipeline.crawl.rows import Rejected, Row, judge

# A line of dashes; "(3 rows)" of psql, in any language; "3 rows in set (0.00 sec)" of mysql.
_NO_RECORD = re.compile(r"[\s|:]*[-+]{3}[-+|:\s]*|\s*\(\d+ \w+\)\s*|\s*\d+ rows? in set.*|\s*", re.DOTALL)


def read_drawn(file: CrawlFile, dialect: Dialect, assumed: Assumed) -> Iterator[Row]:
    """Read what psql and mysql print, and tables of Markdown.

    Parameters
    ----------
    file
        One record a line, or several where psql marks a break in a text with ``+`` before the bar.
    dialect
        How it is written: drawn.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every record.
    """
    pending: list[tuple[Line, list[str]]] = []
    for line in islice(file.lines(), dialect.skip, None):
        text = line.data.decode("utf-8", "surrogateescape")
        if _NO_RECORD.fullmatch(text):
            continue
        cells = _cells(text)
        if pending and not _continues(cells, pending[-1][1]):
            yield _row(pending, dialect, assumed)
            pending = []
        pending.append((line, cells))
        if not any(_goes_on(cell) for cell in cells):
            yield _row(pending, dialect, assumed)
            pending = []
    if pending:
        yield _row(pending, dialect, assumed)


def _cells(text: str) -> list[str]:
    """Cut a line at its bars; those at its ends belong to the frame."""
    body = text.rstrip("\r\n")
    if body.startswith("|"):  # psql draws no frame, and its first column may be blank
        body = body.rstrip()[1:].removesuffix("|")
    return body.split("|")


def _goes_on(cell: str) -> bool:
    """Tell whether psql breaks a cell here: its ``+`` stands where other cells have the space before the bar."""
    return cell.startswith(" ") and cell.endswith("+")


def _continues(cells: Sequence[str], before: Sequence[str]) -> bool:
    """Tell whether a line goes on with the one before it: nothing stands in the columns that had ended."""
    return all(_goes_on(above) or not cell.strip() for cell, above in zip(cells, before, strict=False))


def _row(lines: Sequence[tuple[Line, list[str]]], dialect: Dialect, assumed: Assumed) -> Row:
    first = lines[0][0]
    raw = b"".join(line.data for line, _ in lines)
    width = len(dialect.columns.names)
    if any(len(cells) != width for _, cells in lines):
        return Rejected(raw, first.number, "wrong number of fields")
    columns = zip(*[cells for _, cells in lines], strict=True)
    values = ["\n".join(cell.removesuffix("+").strip() for cell in column).strip() for column in columns]
    try:
        "".join(values).encode()
    except UnicodeEncodeError:
        return Rejected(raw, first.number, "undecodable bytes")
    return judge(dialect.columns, ["" if value == "NULL" else value for value in values], raw, first.number, assumed)
