"""From a JSON value to the articles in it: the envelopes of APIs and databases come off here."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.crawl.json_record import Record, record_of

_DEEPEST = 3


def records(value: object) -> Iterator[Record]:
    """Take the articles out of a JSON value.

    Parameters
    ----------
    value
        An object that is an article, or one with a single array of articles in it (``{"articles": [...]}``,
        ``{"hits": {"hits": [...]}}``), or one of articles by their ids; or an array.

    Yields
    ------
    Record
        Nothing if it is neither an object nor an array of objects.
    """
    if isinstance(value, list):
        for item in value if all(isinstance(item, dict) for item in value) else ():
            yield record_of(item)
    elif isinstance(value, dict):
        record = record_of(value)
        rows = [] if record.columns.text is not None or record.twice else _rows_in(value, 0)
        if rows:
            yield from map(record_of, rows)
        else:
            yield record


def _rows_in(value: Mapping[str, Any], depth: int) -> list[dict[str, Any]]:
    """Find the articles in an envelope; none if two of its arrays have some."""
    if len(value) > 1 and all(isinstance(part, dict) and not str(key).isidentifier() for key, part in value.items()):
        return _with_text(list(value.values()))
    arrays = [_with_text(part) for part in value.values() if isinstance(part, list)]
    deeper = [_rows_in(part, depth + 1) for part in value.values() if isinstance(part, dict) and depth < _DEEPEST]
    filled = [rows for rows in arrays + deeper if rows]
    return filled[0] if len(filled) == 1 else []


def _with_text(rows: list[Any]) -> list[dict[str, Any]]:
    """Return rows if they are objects and some of them has a text."""
    if not rows or not all(isinstance(row, dict) for row in rows):
        return []
    return rows if any(record_of(row).columns.text is not None for row in rows) else []
