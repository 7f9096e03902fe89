"""How a JSON file holds its articles: one a line, or in an array, which may stand inside an object."""

import io
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.crawl.columns import Chosen
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.files import MAX_RECORD
from pipeline.crawl.json_items import Items
from pipeline.crawl.json_rows import records

_BOM = b"\xef\xbb\xbf"
_OPENS_ROWS = re.compile(rb"\[\s*(?=\{)")
_MOST_ARRAYS = 100  # looked at for articles, before an object is taken for one article


@dataclass(frozen=True, slots=True)
class Array:
    """Where items begin.

    Attributes
    ----------
    start
        The first byte behind the opening bracket.
    line
        Its line, from 1.
    closed
        Whether no closing bracket is to come: objects one after another, without an array around them.
    """

    start: int
    line: int
    closed: bool = False


def find_array(file: CrawlFile) -> Array | None:
    """Look at a file's beginning.

    Parameters
    ----------
    file
        A JSON file, whatever its suffix says.

    Returns
    -------
    Array or None
        None if each line is a value of its own.
    """
    with file.stream() as stream:
        start, number, first = _first_line(stream)
        alone = first.endswith(b"\n") and _is_json(first)
        if first.startswith(b"["):
            return None if alone and any(line.strip() for line in stream) else Array(start + 1, number)
        if not first.startswith(b"{") or alone or _is_json(first):
            return None
        rest = stream.read(MAX_RECORD - len(first)) if len(first) < MAX_RECORD else b""
    if rest and not first.rstrip().endswith((b"{", b"[", b",", b":")):
        return None
    return _inside(first + rest, start, number, file.chosen)


def _first_line(stream: BinaryIO) -> tuple[int, int, bytes]:
    """Return where the first line that is not blank begins, its number, and as much of it as a record may have."""
    start, number = 0, 1
    while line := stream.readline(MAX_RECORD):
        begun = line.removeprefix(_BOM).lstrip()
        if begun:
            return start + len(line) - len(begun), number, begun
        start, number = start + len(line), number + 1
    return start, number, b""


def _is_json(line: bytes) -> bool:
    with suppress(ValueError, RecursionError):
        json.loads(line)
        return True
    return False


def _inside(head: bytes, start: int, number: int, chosen: Chosen) -> Array:
    """Find the array of articles inside an object that is cut or too large to be read whole."""
    objects = Array(start, number, closed=True)
    first = next(iter(Items(io.BytesIO(head), 1, closed=True)), None)
    if first is not None and first.broken is None:
        return objects
    for tried, match in enumerate(_OPENS_ROWS.finditer(head)):
        if tried == _MOST_ARRAYS:
            break
        item = next(iter(Items(io.BytesIO(head[match.end() :]), 1, closed=True)), None)
        if item is not None and item.broken is None and _holds_article(item.data, chosen):
            return Array(start + match.end(), number + head.count(b"\n", 0, match.end()))
    return objects


def _holds_article(data: bytes, chosen: Chosen) -> bool:
    with suppress(ValueError, RecursionError):
        return any(record.columns.text is not None for record in records(json.loads(data), chosen))
    return False
