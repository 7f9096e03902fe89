"""From a JSON value to the articles in it: the envelopes of APIs and databases come off here."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.crawl.columns import Chosen
from pipeline.crawl.json_record import JsonRecord, record_of

_DEEPEST = 3


def records(value: object, chosen: Chosen = ()) -> Iterator[JsonRecord]:
    """Take the articles out of a JSON value.

    Parameters
    ----------
    value
        An object that is an article, or one with a single array of articles in it (``{"articles": [...]}``,
        ``{"hits": {"hits": [...]}}``), or one of articles by their ids; or an array.

    Yields
    ------
    JsonRecord
        Nothing if it is neither an object nor an array of objects.
    """
    if isinstance(value, list):
        for item in value if all(isinstance(item, dict) for item in value) else ():
            yield record_of(item, chosen)
    elif isinstance(value, dict):
        record = record_of(value, chosen)
        rows = [] if record.columns.text is not None or record.twice else _rows_in(value, chosen, 0)
        if rows:
            yield from (record_of(row, chosen) for row in rows)
        else:
            yield record


def _rows_in(value: Mapping[str, Any], chosen: Chosen, depth: int) -> list[dict[str, Any]]:
    """Find the articles in an envelope; none if two of its arrays have some."""
    if len(value) > 1 and all(isinstance(part, dict) and not str(key).isidentifier() for key, part in value.items()):
        return _with_text(list(value.values()), chosen)
    arrays = [_with_text(part, chosen) for part in value.values() if isinstance(part, list)]
    deeper = [
        _rows_in(part, chosen, depth + 1) for part in value.values() if isinstance(part, dict) and depth < _DEEPEST
    ]
    filled = [rows for rows in arrays + deeper if rows]
    return filled[0] if len(filled) == 1 else []


def _with_text(rows: list[Any], chosen: Chosen) -> list[dict[str, Any]]:
    """Return rows if they are objects and some of them has a text."""
    if not rows or not all(isinstance(row, dict) for row in rows):
        return []
    return rows if any(record_of(row, chosen).columns.text is not None for row in rows) else []
