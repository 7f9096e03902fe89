r"""What stands for a quote, a delimiter or a line break inside a field: the evidence of a table's first lines."""

import csv
import re
from collections.abc import Iterator, Sequence

_MOST_BROKEN = 0.1  # of the records; a file's quotes are a habit, and a few of them are broken in any crawl
_ESCAPE = re.compile(r"\\(.|\n|$)", re.DOTALL)
_MEANINGS = {"n": "\n", "t": "\t", "r": "\r"}
_QUOTED = re.compile(r'\\(["\\])')


def is_quoted(lines: Sequence[str], delimiter: str, width: int) -> bool:
    """Tell whether fields that begin with a quote end with one, as Excel writes tab-separated text."""
    if not any(line.startswith('"') or f'{delimiter}"' in line for line in lines):
        return False
    good, broken = _count(lines, delimiter, width)
    return good > 0 and broken <= _MOST_BROKEN * (good + broken)


def is_backslash_quoted(lines: Sequence[str], delimiter: str, width: int) -> bool:
    r"""Tell whether ``\"`` stands for a quote within quotes, as Spark and MySQL write it."""
    if not any('\\"' in line for line in lines):
        return False
    return _count(list(map(undo_backslashes, lines)), delimiter, width)[0] > _count(lines, delimiter, width)[0]


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


def undo_backslashes(line: str) -> str:
    r"""Write ``\"`` as RFC 4180 does."""
    return _QUOTED.sub(lambda mark: '""' if mark[1] == '"' else mark[1], line)


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
    return _ESCAPE.sub(lambda mark: _MEANINGS.get(mark[1], mark[1]), field) if "\\" in field else field


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
    records = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    good = broken = 0
    while True:
        try:
            fields = next(records)
        except StopIteration:
            return good, broken
        except csv.Error:
            broken += 1
            continue
        if fields:
            good, broken = (good + 1, broken) if len(fields) == width else (good, broken + 1)
