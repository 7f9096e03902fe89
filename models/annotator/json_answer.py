"""JSON answers: which categories fit, as a list of them, a flag or a share for each, or an object for each.

A share must be clear, near 1 or near 0: shares that add up to 1 say which category fits best, not which ones fit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from models.annotator.claims import Claims, UnreadableError, together
from models.annotator.listing import read_listing
from models.annotator.names import plain

HOLDERS = frozenset({"categories", "category", "labels", "label", "topics", "topic", "answer", "result"})
HOLDERS |= {"категории", "категория", "рубрики", "рубрика", "темы", "тема", "ответ"}
NAMES = HOLDERS | {"name", "key", "title", "название", "ключ"}
FLAGS = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False, "да": True, "нет": False}
DEPTH = 2  # objects around the one that holds the categories
CLEAR_YES, CLEAR_NO = 0.8, 0.2


def read_json(value: object, names: Mapping[str, str], depth: int = DEPTH) -> Claims:
    """Read one JSON value as claims.

    Understood are ``["politics"]``, ``{"categories": [...]}`` (or a string like a listing) and ``{"politics": 1}``,
    which judges no category that it leaves out; also inside one more object. An item of a list may be an object with a
    name and perhaps a flag or a share: ``{"name": "politics", "score": 0.9}``.

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
        judged = {key: names[plain(key)] for key in value if plain(key) in names}
        holders = [key for key in value if plain(key) in HOLDERS and key not in judged]
        if len(holders) == 1 and not judged and depth:
            return read_json(value[holders[0]], names, depth - 1)
        if len(judged) == len(value):
            return together(read_flag(judged[key], flag) for key, flag in value.items())
    raise UnreadableError(f"has JSON of another shape: {json.dumps(value, ensure_ascii=False)[:60]}")


def read_item(item: object, names: Mapping[str, str]) -> Claims:
    """Read one item of a list: a name, or an object that holds one."""
    if isinstance(item, str):
        return read_listing(item, names)
    if not isinstance(item, dict):
        raise UnreadableError("has a list of something else than names")
    named = {key: names[plain(text)] for key, text in item.items() if is_name(key, text, names)}
    flags = [value for key, value in item.items() if key not in named and not is_prose(value)]
    if len(set(named.values())) != 1 or len(flags) > 1:
        raise UnreadableError(f"has an item of another shape: {json.dumps(item, ensure_ascii=False)[:60]}")
    key = next(iter(named.values()))
    if flags and read_flag(key, flags[0]).no:
        return Claims(no=frozenset({key}), each=True)
    return Claims(yes=frozenset({key}))


def is_name(key: str, text: object, names: Mapping[str, str]) -> bool:
    """Whether a field of an item names a category that was asked about."""
    return plain(key) in NAMES and isinstance(text, str) and plain(text) in names


def is_prose(value: object) -> bool:
    """Whether a field only explains, as ``{"reason": "о выборах"}`` does."""
    return isinstance(value, str) and plain(value) not in FLAGS


def read_flag(key: str, flag: object) -> Claims:
    """Read what stands behind a category: 1, 0, true, false, yes, no, да, нет, or a share that is clear."""
    word = plain(json.dumps(flag) if isinstance(flag, bool | int) else flag) if isinstance(flag, str | int) else ""
    verdict = clear(flag) if isinstance(flag, float) else FLAGS.get(word)
    if verdict is None:
        raise UnreadableError(f"says neither yes nor no to {key}")
    return Claims(yes=frozenset({key}), each=True) if verdict else Claims(no=frozenset({key}), each=True)


def clear(share: float) -> bool | None:
    """Whether a share in [0, 1] says yes or no; None where it says neither clearly."""
    if CLEAR_YES <= share <= 1:
        return True
    return False if 0 <= share <= CLEAR_NO else None
