"""How a table is written: its delimiter, its quotes and its header, found in its first lines, whatever its suffix."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.crawl.columns import Columns, is_header, recognised, require_chosen, require_text
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.files import MAX_RECORD, Line
from pipeline.crawl.headerless import headerless, is_record
from pipeline.crawl.quoting import has_bare_quotes, hide_quotes, is_backslash_quoted, is_escaped, is_quoted
from pipeline.setup.errors import PipelineError

DELIMITERS = ",;\t|"
NO_DELIMITER = "\x1f"  # of a table of one column, whose texts may hold any of the others
# quoted: RFC 4180; backslashed: the same with \" for ""; escaped: no quotes, \t and \n in the text; drawn: lines of
# +---+ around it; plain: none of these, a text may even hold tabs and line breaks; unbroken: plain, one record a line.
Style = Literal["quoted", "backslashed", "escaped", "drawn", "plain", "unbroken"]

_HEAD = 2**18  # bytes
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_RULE = re.compile(r"[\s|:]*[-+]{3}[-+|:\s]*")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written.

    Attributes
    ----------
    delimiter
        What stands between fields.
    style
        How fields that hold a delimiter, a quote or a line break are written.
    columns
        The table's columns.
    skip
        How many lines come before the first record.
    """

    delimiter: str
    style: Style
    columns: Columns
    skip: int


def find_dialect(file: CrawlFile) -> Dialect:
    """Find out how a table is written.

    Parameters
    ----------
    file
        Any text file.

    Returns
    -------
    Dialect
        Of a file without a header only if its first line is a record of the four fields in their usual order.

    Raises
    ------
    PipelineError
        If the first line is neither a header that is understood nor a record, or a header has no text column; the
        message names the option that settles it.
    """
    csv.field_size_limit(MAX_RECORD)
    head = [line for line in file.head(_HEAD) if line.data.strip()]
    separator = _SEPARATOR.fullmatch(_text(head[0])) if head else None
    if separator:
        head = head[1:]
    if not head:
        raise PipelineError(f"{file.path}: it holds no rows; export it again or name another file")
    if drawn := _drawn(file, head):
        return drawn
    names, delimiter, height = _header(file, head, separator[1] if separator else DELIMITERS)
    if not _names_fields(names, file):
        return _without_header(file, head, delimiter)
    columns = file.columns(tuple(names))
    require_chosen(columns, file.path, file.chosen)
    require_text(columns, file.path)
    rows = head[height:]
    return Dialect(delimiter, _style(rows, delimiter, columns), columns, head[height - 1].number)


def _text(line: Line) -> str:
    return line.data.decode("utf-8", "replace").rstrip("\r\n")


def _header(file: CrawlFile, head: Sequence[Line], delimiters: str) -> tuple[list[str], str, int]:
    """Return the names, the delimiter under which most of them are known, and how many lines they take."""
    readings = [(*_names(head, delimiter), delimiter) for delimiter in delimiters]

    def evidence(reading: tuple[list[str], int, str]) -> tuple[int, bool, int]:
        names, _, delimiter = reading
        # a record's text has more commas than its line has tabs
        return recognised(names, file.chosen), delimiter == "\t" and len(names) > 1, len(names)

    names, height, delimiter = max(readings, key=evidence)
    return names, delimiter if len(names) > 1 else NO_DELIMITER, height


def _names_fields(names: Sequence[str], file: CrawlFile) -> bool:
    """Tell whether a first line is a header; of a record one field may be called like a text by chance."""
    fields = recognised(names, file.chosen)
    return fields > 1 or (fields == 1 and not is_record(names))


def _names(head: Sequence[Line], delimiter: str) -> tuple[list[str], int]:
    """Read the first record as names; a quoted one may go over lines, a quote that is never closed means nothing."""
    reader = csv.reader((_text(line).replace("\r", " ") + "\n" for line in head), delimiter=delimiter)
    names = next(reader)
    if reader.line_num > 1 and not is_header(names):
        return _text(head[0]).split(delimiter), 1
    return names, reader.line_num


def _style(rows: Sequence[Line], delimiter: str, columns: Columns) -> Style:
    width = len(columns.names)
    lines = [line.data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\v") for line in rows]
    if is_escaped(lines, delimiter, width):
        return "escaped"
    backslashed = is_backslash_quoted(lines, delimiter, width)
    if backslashed:
        lines = list(map(hide_quotes, lines))
    if delimiter == "\t" and not is_quoted(lines, delimiter, width):
        return "unbroken" if _is_unbroken(lines, columns) else "plain"
    if delimiter == "|" and has_bare_quotes(lines, delimiter, width):
        return "plain"
    return "backslashed" if backslashed else "quoted"


def _is_unbroken(lines: Sequence[str], columns: Columns) -> bool:
    """Tell whether texts are ids: without prose nothing shows where a record begins but the line."""
    records = (line.rstrip("\n").split("\t") for line in lines if line.strip())
    return all(len(fields) == len(columns.names) and " " not in fields[columns.text or 0] for fields in records)


def _without_header(file: CrawlFile, head: Sequence[Line], delimiter: str) -> Dialect:
    if any(b"\t" in line.data for line in head):  # also where the first line is the rest of a text
        delimiter = "\t"
    columns = headerless(file, head, delimiter)
    style = _style(head, delimiter, columns)
    return Dialect(delimiter, style, columns, head[0].number - 1)


def _drawn(file: CrawlFile, head: Sequence[Line]) -> Dialect | None:
    """Recognise a table that a database's console or Markdown drew: a line of dashes above or below the names."""
    start = 1 if _RULE.fullmatch(_text(head[0])) else 0
    below = head[start + 1 : start + 2]
    if not below or not _RULE.fullmatch(_text(below[0])) or "|" not in _text(head[start]):
        return None
    names = [name.strip() for name in _text(head[start]).strip().strip("|").split("|")]
    columns = file.columns(tuple(names))
    require_chosen(columns, file.path, file.chosen)
    return Dialect("|", "drawn", require_text(columns, file.path), below[0].number)
