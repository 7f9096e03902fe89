"""Crawls in JSON: one object a line, an array, objects one after another, or what an API answered."""

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import find_columns, require_text
from pipeline.crawl.fields import to_strings
from pipeline.crawl.files import GZIP_ERRORS, broken_gzip, open_bytes, read_lines
from pipeline.crawl.json_items import Item, Items
from pipeline.crawl.json_record import Record
from pipeline.crawl.json_rows import records
from pipeline.crawl.json_shape import Array, find_array
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.errors import PipelineError

_HEAD = 2**20  # bytes in which the first text must come


def read_json(path: Path, assumed: Assumed) -> Iterator[Row]:
    """Read a JSON crawl; its shape is seen by looking, whatever its suffix says.

    Parameters
    ----------
    path
        Objects with the keys of `columns.KNOWN_NAMES` and any others; fields may stand in objects inside them.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every article, and one for every line or item that is none.

    Raises
    ------
    PipelineError
        If no object in the first megabyte has a text key, or the first that has one has two.
    """
    array = find_array(path)
    _check_columns(path, array)
    for item in _items(path, array):
        yield from _rows(item, assumed)


def _items(path: Path, array: Array | None) -> Iterator[Item]:
    if array is None:
        for line in read_lines(path):
            if line.data.strip():
                yield Item(line.number, line.data, None if line.whole else "record too large")
        return
    with open_bytes(path) as stream:
        try:
            stream.seek(array.start)
            yield from Items(stream, array.line, closed=array.closed)
        except GZIP_ERRORS as error:
            raise broken_gzip(path, error) from error


def _check_columns(path: Path, array: Array | None) -> None:
    """Refuse a file in whose first megabyte there are objects and none has a text."""
    names: dict[str, None] = {}
    size = 0
    for item in _items(path, array):
        loaded = _load(item)
        for record in () if isinstance(loaded, Rejected) else loaded:
            if record.twice:
                places = " and ".join(record.twice)
                raise PipelineError(f"{path}: line {item.line} has texts in {places}; keep one of them")
            names.update(dict.fromkeys(record.columns.names))
        size += len(item.data)
        if find_columns(tuple(names)).text is not None or size > _HEAD:
            return
    if names:
        require_text(find_columns(tuple(names)), path)


def _load(item: Item) -> list[Record] | Rejected:
    """Parse an item; an empty list of articles is as broken as no JSON."""
    if item.broken:
        return Rejected(item.data, item.line, item.broken)
    try:
        text = item.data.decode("utf-8")
        loaded = list(records(_parsed(text)))
    except UnicodeDecodeError:
        return Rejected(item.data, item.line, "undecodable bytes")
    except (ValueError, RecursionError):  # ValueError: also a number of thousands of digits
        return Rejected(item.data, item.line, "broken JSON")
    return loaded or Rejected(item.data, item.line, "broken JSON")


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return json.loads(text.strip().removesuffix(","))  # a line cut out of an array


def _rows(item: Item, assumed: Assumed) -> Iterator[Row]:
    loaded = _load(item)
    if isinstance(loaded, Rejected):
        yield loaded
        return
    for record in loaded:
        raw = item.data if len(loaded) == 1 else _raw(record)
        strings = to_strings(record.columns, record.values)
        if isinstance(strings, str):
            yield Rejected(raw, item.line, strings)
        else:
            yield judge(record.columns, strings, raw, item.line, assumed)


def _raw(record: Record) -> bytes:
    """Write one of several articles in an item alone, lest each in quarantine bring all of them."""
    named = dict(zip(record.columns.names, record.values, strict=True))
    return json.dumps(named, ensure_ascii=False).encode("utf-8", "replace")
