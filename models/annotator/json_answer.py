"""JSON answers: an object or list somewhere in the text, with a list of categories or a flag for each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from models.annotator.claims import Claims, UnreadableError, together
from models.annotator.listing import read_listing
from models.annotator.names import plain

HOLDERS = frozenset({"categories", "category", "labels", "answer", "result"} | {"категории", "категория"})
HOLDERS |= {"рубрики", "рубрика", "ответ"}
FLAGS = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False, "да": True, "нет": False}
DEPTH = 2  # objects around the one that holds the categories
START = re.compile(r"[{\[]")


def find_json(text: str) -> tuple[list[Any], list[str]]:
    """All JSON objects and lists of a text, outermost, in their order.

    Returns
    -------
    list, list of str
        The values, and the text before, between and after them: one piece more.

    Raises
    ------
    UnreadableError
        When something that begins like JSON is none: it may have been cut, and half of it must not count.
    """
    decoder = json.JSONDecoder(object_pairs_hook=unique, parse_constant=refuse_constant)
    found: list[Any] = []
    around: list[str] = []
    place = 0
    while start := START.search(text, place):
        around.append(text[place : start.start()])
        try:
            value, place = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError) as error:
            raise UnreadableError(f"has broken JSON: {text[start.start() : start.start() + 40]!r}") from error
        found.append(value)
    return found, [*around, text[place:]]


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object, refusing a key that is there twice."""
    built = dict(pairs)
    if len(built) < len(pairs):
        raise ValueError("a key is there twice")
    return built


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and infinities, which JSON does not have."""
    raise ValueError(name)


def read_json(value: object, names: Mapping[str, str], depth: int = DEPTH) -> Claims:
    """Read one JSON value as claims.

    Understood are ``["politics"]``, ``{"categories": [...]}`` (or a string like a listing) and ``{"politics": 1}``,
    which judges no category that it leaves out; also inside one more object.

    Raises
    ------
    UnreadableError
        For anything else.
    """
    if isinstance(value, str):
        return read_listing(value, names)
    if isinstance(value, list):
        return together(read_item(item, names) for item in value) if value else Claims(none=True)
    if isinstance(value, dict) and value:
        known = {key: names[plain(key)] for key in value if plain(key) in names}
        holders = [key for key in value if plain(key) in HOLDERS and key not in known]
        if len(holders) == 1 and not known and depth:
            return read_json(value[holders[0]], names, depth - 1)
        if len(known) == len(value):
            return together(read_flag(known[key], flag) for key, flag in value.items())
    raise UnreadableError(f"has JSON of another shape: {json.dumps(value, ensure_ascii=False)[:60]}")


def read_item(item: object, names: Mapping[str, str]) -> Claims:
    """Read one item of a list."""
    if isinstance(item, str):
        return read_listing(item, names)
    raise UnreadableError("has a list of something else than names")


def read_flag(key: str, flag: object) -> Claims:
    """Read what stands behind a category: 1, 0, true, false, yes, no, да, нет."""
    said = plain(json.dumps(flag) if isinstance(flag, bool | int) else flag) if isinstance(flag, str | int) else ""
    if said not in FLAGS:
        raise UnreadableError(f"says neither yes nor no to {key}")
    return Claims(yes=frozenset({key}), each=True) if FLAGS[said] else Claims(no=frozenset({key}), each=True)
