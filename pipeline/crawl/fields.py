"""The fields of an article where a typed file holds lists and objects: what a person would read there, or a reason."""

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.crawl.article import Reason
from pipeline.crawl.columns import Columns
from pipeline.crawl.hosts import host_of
from pipeline.crawl.values import to_string

# How APIs and converters from XML wrap one string: WordPress, then the converters.
_WRAPPED = ("rendered", "#text", "_text", "$t", "@value", "__cdata")
_NAMES = ("name", "title", "domain", "host")


def to_strings(columns: Columns, values: Sequence[Any]) -> list[str] | Reason:
    """Write a record's values as a table would, its fields as what a person reads.

    Parameters
    ----------
    columns
        Which value is which.
    values
        What JSON or parquet gave, one for every name.

    Returns
    -------
    list of str or Reason
        The strings; or which field is not one and cannot be made one.
    """
    strings = [to_string(value) for value in values]
    for field, read in _READERS.items():
        place = getattr(columns, field)
        if place is not None and not isinstance(values[place], str):
            written = read(values[place])
            if written is None:
                return _REASONS[field]
            strings[place] = written
    return strings


def _text(value: object) -> str | None:
    return prose(value, "\n")


def _title(value: object) -> str | None:
    """Read a title, which may be a number, as «1984» is."""
    return to_string(value) if isinstance(value, int | float) and not isinstance(value, bool) else prose(value, " ")


def _date(value: object) -> str:
    return to_string(_unwrapped(value))


def prose(value: object, joint: str) -> str | None:
    r"""Read a text that may be in pieces.

    Parameters
    ----------
    value
        A string, a list of paragraphs, a list of strings and marked pieces ``{"type": "bold", "text": ...}`` as
        messengers export them, or an API's object around a string.
    joint
        What goes between paragraphs.

    Returns
    -------
    str or None
        None if it is nothing of the kind.
    """
    match value:
        case None:
            return ""
        case str():
            return to_string(value)
        case dict():
            inner = next((value[key] for key in _WRAPPED if isinstance(value.get(key), str)), None)
            return None if inner is None else to_string(inner)
        case list() if any(isinstance(part, dict) and "type" in part for part in value):
            pieces = [part.get("text") if isinstance(part, dict) else part for part in value]
            strings = [piece for piece in pieces if isinstance(piece, str)]
            return to_string("".join(strings)) if len(strings) == len(pieces) else None
        case list():
            parts: list[str | None] = [prose(part, joint) for part in value]
            whole = [part for part in parts if part is not None]
            return joint.join(filter(str.strip, whole)) if len(whole) == len(parts) else None
        case _:
            return None


def source_name(value: object) -> str | None:
    """Read a source: a string, the only one of a list, or the name of an object, else the host of its address.

    Parameters
    ----------
    value
        Such as ``{"id": null, "name": "ved.example"}``.

    Returns
    -------
    str or None
        Empty if there is none; None if it cannot be told.
    """
    match value:
        case bool():
            return None
        case str() | None | int() | float():
            return to_string(value)
        case dict():
            named = [value[key] for key in _NAMES if isinstance(value.get(key), str) and value[key].strip()]
            addresses = [value[key] for key in ("url", "link", "@id") if isinstance(value.get(key), str)]
            if named or addresses:
                return to_string(named[0]) if named else host_of(addresses[0])
            return "" if not any(value.values()) else None
        case [] | [_]:
            return source_name(value[0]) if value else ""
        case _:
            return None


def _unwrapped(value: object) -> object:
    """Take a date out of the only place of a list, and out of MongoDB's extended JSON: ``{"$date": ...}``."""
    match value:
        case [inner] | {"$date": inner} | {"$numberLong": inner} | {"@value": inner} | {"#text": inner}:
            return _unwrapped(inner)
        case _:
            return value


_READERS: dict[str, Callable[[object], str | None]] = {
    "text": _text,
    "title": _title,
    "source": source_name,
    "date": _date,
    "fetched": _date,
}
_REASONS: dict[str, Reason] = {
    "text": "text is not a string",
    "title": "title is not a string",
    "source": "source is not a string",
}
