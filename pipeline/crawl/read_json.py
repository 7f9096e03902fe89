"""Crawls in JSON: one object a line, an array, objects one after another, or what an API answered."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import Chosen, find_columns, require_text
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.fields import to_strings
from pipeline.crawl.files import GZIP_ERRORS, broken_gzip
from pipeline.crawl.json_items import Item, Items
from pipeline.crawl.json_record import JsonRecord
from pipeline.crawl.json_rows import records
from pipeline.crawl.json_shape import Array, find_array
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.setup.errors import PipelineError

_HEAD = 2**20  # bytes in which the first text must come


def read_json(file: CrawlFile, assumed: Assumed) -> Iterator[Row]:
    """Read a JSON crawl; its shape is seen by looking, whatever its suffix says.

    Parameters
    ----------
    file
        Objects with the keys of `names.FIELD_NAMES` and any others; fields may stand in objects inside them.
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
    array = find_array(file)
    _check_columns(file, array, assumed)
    for item in _items(file, array):
        yield from _rows(item, file, assumed)


def _items(file: CrawlFile, array: Array | None) -> Iterator[Item]:
    if array is None:
        for line in file.lines():
            if line.data.strip():
                yield Item(line.number, line.data, None if line.whole else "record too large")
        return
    with file.stream() as stream:
        try:
            _pass_over(stream, array.start)
            yield from Items(stream, array.line, closed=array.closed)
        except GZIP_ERRORS as error:
            raise broken_gzip(file.path, error) from error


def _pass_over(stream: BinaryIO, size: int) -> None:
    """Read up to a place; what is transcoded or unpacked on the way cannot seek."""
    while size and (passed := len(stream.read(min(size, _HEAD)))):
        size -= passed


def _check_columns(file: CrawlFile, array: Array | None, assumed: Assumed) -> None:
    """Refuse a file in whose first megabyte there are objects and none has a text."""
    names: dict[str, None] = {}
    size = 0
    for item in _items(file, array):
        loaded = _load(item, file.chosen)
        for record in () if isinstance(loaded, Rejected) else loaded:
            if record.twice:
                places = " and ".join(record.twice)
                raise PipelineError(f"{file.path}: line {item.line} has texts in {places}; keep one of them")
            names.update(dict.fromkeys(record.columns.names))
        size += len(item.data)
        columns = find_columns(tuple(names), file.chosen)
        if columns.text is not None or size > _HEAD:
            return
    if names and not (assumed.titles_alone and find_columns(tuple(names), file.chosen).title is not None):
        require_text(file.columns(tuple(names)), file.path)


def _load(item: Item, chosen: Chosen) -> list[JsonRecord] | Rejected:
    """Parse an item; an empty list of articles is as broken as no JSON."""
    if item.broken:
        return Rejected(item.data, item.line, item.broken)
    try:
        text = item.data.decode("utf-8")
        loaded = list(records(_parsed(text), chosen))
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


def _rows(item: Item, file: CrawlFile, assumed: Assumed) -> Iterator[Row]:
    loaded = _load(item, file.chosen)
    if isinstance(loaded, Rejected):
        yield loaded
        return
    for record in loaded:
        file.columns(record.columns.names)
        raw = item.data if len(loaded) == 1 else _raw(record)
        strings = to_strings(record.columns, record.values)
        if isinstance(strings, str):
            yield Rejected(raw, item.line, strings)
        else:
            yield judge(record.columns, strings, raw, item.line, assumed, record.whole)


def _raw(record: JsonRecord) -> bytes:
    """Write one of several articles in an item alone, lest each in quarantine bring all of them."""
    named = dict(zip(record.columns.names, record.values, strict=True))
    return json.dumps(named, ensure_ascii=False).encode("utf-8", "replace")
