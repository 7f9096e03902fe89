r"""What stands for a quote, a delimiter or a line break inside a field: the evidence of a table's first lines."""

import csv
import re
from collections.abc import Iterator, Sequence

_ESCAPE = re.compile(r"\\(.|\n|$)", re.DOTALL)
_MEANINGS = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "\n": "\n", "\t": "\t", "|": "|", ",": ",", ";": ";"}
_HIDDEN = "\ufdd0"  # no character: Unicode keeps it free, and no text holds it
_QUOTED = re.compile(r'\\(["\\])')


def is_quoted(lines: Sequence[str], delimiter: str, width: int) -> bool:
    """Tell whether tab-separated fields stand in quotes where they need them, as Excel writes them.

    Scrapers write titles that begin with a quote as they are: what reads as broken outweighs what needs its quotes.
    """
    if not any(line.startswith('"') or f'{delimiter}"' in line for line in lines):
        return False
    records = list(_strict(lines, delimiter))
    needed = sum(len(fields) == width and _needs_quotes(raw, fields, delimiter) for raw, fields in records)
    return needed > _broken(records, width)


def is_backslash_quoted(lines: Sequence[str], delimiter: str, width: int) -> bool:
    r"""Tell whether ``\"`` stands for a quote within quotes, as Spark and MySQL write it."""
    if not any('\\"' in line for line in lines):
        return False
    return _count(list(map(hide_quotes, lines)), delimiter, width)[0] > _count(lines, delimiter, width)[0]


def has_bare_quotes(lines: Sequence[str], delimiter: str, width: int) -> bool:
    """Tell whether quotes mean nothing: some read as quotes are broken, and without them every line is a record."""
    if not any('"' in line for line in lines) or any(line.count(delimiter) != width - 1 for line in lines):
        return False
    return _count(lines, delimiter, width)[1] > 0


def is_escaped(lines: Sequence[str], delimiter: str, width: int) -> bool:
    r"""Tell whether fields are written as databases export them: ``\N`` for none, ``\t`` and ``\n`` in the text.

    So they are if there are backslashes, each begins an escape, and with them every line is a record.
    """
    lines = [line for line in lines if line.strip() != "\\."]  # the mark at the end of a COPY
    allowed = {*"ntrN\\\n", delimiter}
    escapes = [mark for line in lines for mark in _ESCAPE.findall(line)]
    if not escapes or not allowed.issuperset(escapes):
        return False
    records = list(join_continued(lines))
    return all(len(split_escaped(record, delimiter)) == width for record in records if record.strip())


def hide_quotes(line: str) -> str:
    r"""Write ``\"`` so that no reader takes it for the end of a field, in quotes or outside; see `show_quotes`."""
    return _QUOTED.sub(lambda mark: _HIDDEN if mark[1] == '"' else mark[1], line)


def show_quotes(field: str) -> str:
    """Give a field its quotes back."""
    return field.replace(_HIDDEN, '"')


def split_escaped(record: str, delimiter: str) -> list[str]:
    """Cut a record at the delimiters that no backslash precedes."""
    fields: list[str] = []
    pieces: list[str] = []
    for piece in record.rstrip("\n").split(delimiter):
        pieces.append(piece)
        if not is_continued(piece):
            fields.append(delimiter.join(pieces))
            pieces = []
    return [*fields, delimiter.join(pieces)] if pieces else fields


def unescape(field: str) -> str:
    r"""Return what an escaped field stands for; ``\N`` and the console's ``NULL`` are nothing."""
    if field in ("\\N", "NULL"):
        return ""
    return _ESCAPE.sub(lambda mark: _MEANINGS.get(mark[1], mark[0]), field) if "\\" in field else field


def is_continued(line: str) -> bool:
    """Tell whether a line's break is part of its text: an odd number of backslashes stands before it."""
    body = line.rstrip("\n")
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1


def join_continued(lines: Sequence[str]) -> Iterator[str]:
    """Join lines whose breaks are escaped."""
    record = ""
    for line in lines:
        record += line
        if not is_continued(line):
            yield record
            record = ""
    if record:
        yield record


def _count(lines: Sequence[str], delimiter: str, width: int) -> tuple[int, int]:
    """Count the records that strict reading finds whole and those that it finds broken."""
    records = list(_strict(lines, delimiter))
    return sum(len(fields) == width for _, fields in records), _broken(records, width)


def _broken(records: Sequence[tuple[str, Sequence[str]]], width: int) -> int:
    return sum(len(fields) != width for raw, fields in records if raw.strip())


def _strict(lines: Sequence[str], delimiter: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Read records strictly, each with its lines; one whose quotes are broken has no fields."""
    records = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    start = 0
    while start < len(lines):
        try:
            fields: Sequence[str] = next(records, ())
        except csv.Error:
            fields = ()
        yield "".join(lines[start : records.line_num]), fields
        start = records.line_num


def _needs_quotes(raw: str, fields: Sequence[str], delimiter: str) -> bool:
    """Tell whether a record has a field in quotes that needs them; in Excel's eyes one with a comma does, too."""
    if '"' not in raw:
        return False
    set_apart = [field for field in fields if '"' + field.replace('"', '""') + '"' in raw]
    return any(sign in field for field in set_apart for sign in (delimiter, "\n", '"', ","))
