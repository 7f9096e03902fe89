"""JSON values: the objects and lists in a text, also those that a Python programmer would write."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import json5

from models.annotator.claims import UnreadableError

START = re.compile(r"[{\[]")
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})
PYTHON = re.compile(r"\b(?:True|False)\b")


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
    values: list[Any] = []
    around: list[str] = []
    place = 0
    while start := START.search(text, place):
        around.append(text[place : start.start()])
        try:
            value, place = read_at(text, start.start())
        except (ValueError, RecursionError) as error:
            raise UnreadableError(f"has broken JSON: {text[start.start() : start.start() + 40]!r}") from error
        values.append(value)
    return values, [*around, text[place:]]


def read_at(text: str, place: int) -> tuple[Any, int]:
    """Read the value that begins at a place, and tell where it ends; what is no JSON may still be JSON5.

    That is JSON with ``'`` for quotes or a comma behind the last item; here also with a typographer's quotes, or with
    Python's ``True``. Each of these is as long as what it stands for, so that the end of the value stays where it is.

    Raises
    ------
    ValueError
        When it is neither.
    """
    try:
        return json.JSONDecoder(object_pairs_hook=unique, parse_constant=refuse_constant).raw_decode(text, place)
    except ValueError:
        meant = PYTHON.sub(lambda word: word[0].lower(), text.translate(QUOTES))
        value, problem, end = json5.parse(
            meant, start=place, consume_trailing=False, object_pairs_hook=unique, parse_constant=refuse_constant
        )
        if problem:
            raise ValueError(problem) from None
        return value, end


def unique(pairs: Any) -> dict[str, Any]:  # noqa: ANN401 - pairs, as either library hands them over
    """Build an object, refusing a key that is there twice."""
    listed = list(pairs)
    built = dict(listed)
    if len(built) < len(listed):
        raise ValueError("a key is there twice")
    return built


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and infinities, which JSON does not have."""
    raise ValueError(name)
