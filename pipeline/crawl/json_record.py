"""One article of a JSON file: its fields, also those that stand in objects inside its object."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.crawl.columns import Chosen, Columns, find_columns

_FIELDS = ("text", "title", "source", "date")
_DEEPEST = 3
# Objects that hold an article or what is known about it; of others, such as "author" or "comment", a text or a date
# would be somebody else's.
_CONTAINERS = frozenset(
    {"_source", "article", "news", "newsarticle", "item", "post", "entry", "doc", "document", "data", "attributes"}
    | {"fields", "properties", "meta", "metadata", "info", "content", "body", "node", "record", "payload", "page"}
    | {"story", "parsed", "extracted", "result", "value", "object", "статья", "новость"}
)


class JsonRecord(NamedTuple):
    """An article's names and values, taken out of the objects inside which they stood.

    Attributes
    ----------
    columns
        Which is which.
    values
        One for every name.
    twice
        The places of the text where there are several; empty where it is clear.
    whole
        The object as it came.
    """

    columns: Columns
    values: list[Any]
    twice: tuple[str, ...] = ()
    whole: Mapping[str, Any] = MappingProxyType({})


def record_of(value: Mapping[str, Any], chosen: Chosen = ()) -> JsonRecord:
    """Make a record of an object, lifting the fields that it lacks out of the objects inside it.

    Parameters
    ----------
    value
        An object, as ``{"article": {"text": ...}, "meta": {"date": ...}}``.
    chosen
        Field and name of the columns that a person chose.

    Returns
    -------
    JsonRecord
        A field stays missing where it cannot be told which of several it is.
    """
    columns = find_columns(tuple(value), chosen)
    if not any(isinstance(part, dict) for part in value.values()):
        return JsonRecord(columns, list(value.values()), whole=value)
    text_is_object = columns.text is not None and isinstance(list(value.values())[columns.text], dict)
    missing = [field for field in _FIELDS if getattr(columns, field) is None or (field == "text" and text_is_object)]
    inner = _containers(value, (), 0) if missing else {}
    if not inner:
        return JsonRecord(columns, list(value.values()), whole=value)
    places = {field: _places(inner, field, chosen) for field in missing}
    texts = places.get("text", [])
    if len(texts) > 1:
        return JsonRecord(
            dataclasses.replace(columns, text=None),
            list(value.values()),
            tuple(".".join(path) for path in texts),
            value,
        )
    home = texts[0][:-1] if texts else ()
    lifted = [path for field in missing if (path := _choose(places[field], home))]
    return _lifted(value, lifted, inner, chosen)


def _containers(value: Mapping[str, Any], path: tuple[str, ...], depth: int) -> dict[tuple[str, ...], dict[str, Any]]:
    """Find the objects that may hold fields, by their paths, the outer ones first."""
    inner: dict[tuple[str, ...], dict[str, Any]] = {}
    for name, part in value.items():
        if isinstance(part, dict) and name.strip().lower() in _CONTAINERS and depth < _DEEPEST:
            inner[(*path, name)] = part
    for place, part in list(inner.items()):
        inner |= _containers(part, place, depth + 1)
    return inner


def _places(inner: Mapping[tuple[str, ...], dict[str, Any]], field: str, chosen: Chosen) -> list[tuple[str, ...]]:
    """Find the paths of a field at the least depth where there is one."""
    paths = []
    for path, part in inner.items():
        place = getattr(find_columns(tuple(part), chosen), field)
        if place is not None and not (field == "text" and (*path, list(part)[place]) in inner):
            paths.append((*path, list(part)[place]))
    least = min(map(len, paths), default=0)
    return [path for path in paths if len(path) == least]


def _choose(paths: list[tuple[str, ...]], home: tuple[str, ...]) -> tuple[str, ...] | None:
    """Choose the field that stands beside the text, or the only one."""
    beside = [path for path in paths if path[:-1] == home]
    return (beside or paths)[0] if len(beside or paths) == 1 else None


def _lifted(
    value: Mapping[str, Any],
    paths: list[tuple[str, ...]],
    inner: Mapping[tuple[str, ...], dict[str, Any]],
    chosen: Chosen,
) -> JsonRecord:
    lifted = {path[-1]: inner[path[:-1]][path[-1]] for path in paths}
    rest = {name: _without(part, (name,), paths) for name, part in value.items()}
    flat = {name: part for name, part in rest.items() if part != {} or value[name] == {}} | lifted
    return JsonRecord(find_columns(tuple(flat), chosen), list(flat.values()), whole=value)


def _without(part: object, path: tuple[str, ...], lifted: list[tuple[str, ...]]) -> object:
    """Copy a part without what was lifted out of it, lest every text be kept twice."""
    if not isinstance(part, dict) or not any(place[: len(path)] == path for place in lifted):
        return part
    kept = {name: _without(inner, (*path, name), lifted) for name, inner in part.items() if (*path, name) not in lifted}
    return {name: inner for name, inner in kept.items() if inner != {} or part[name] == {}}
