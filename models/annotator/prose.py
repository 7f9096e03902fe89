"""Prose: the words around a JSON answer, which may take it back or say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from models.annotator.claims import Claims, UnreadableError, contradict, together
from models.annotator.listing import read_listing
from models.annotator.names import plain

END = re.compile(r"[.!?](?:\s|$)|\n")
DENIAL = re.compile(
    r"(?<![\w-])(?:не|ни|нет|кроме|исключая|неверн\w*|неправильн\w*|ошиб\w*|"
    r"not?|never|cannot|\w+n['’]t|except|wrong|incorrect|mistake\w*)(?![\w-])"
)
NEXT = re.compile(r"\W*" + DENIAL.pattern)
REFUSED = re.compile(r"(?<![\w-])(?:не|not)\W*$")


def require_agreement(prose: Sequence[str], values: dict[str, int], names: Mapping[str, str]) -> None:
    """Refuse an answer that the words around it may not mean.

    Parameters
    ----------
    prose
        What stands before, between and after the JSON values.
    values
        What these say.
    names
        See :func:`models.annotator.listing.read_listing`.

    Raises
    ------
    UnreadableError
        When a sentence of its own names other categories, or a negation stands in the sentence of the JSON: before it,
        or behind it on its line or as the next word. An empty list may stand in a sentence that says no.
    """
    plain_parts = [plain(part) for part in prose]
    some = any(values.values())
    before = any((DENIAL if some else REFUSED).search(last_sentence(part)) for part in plain_parts[:-1])
    if before or (some and any(denied_behind(part) for part in plain_parts[1:])):
        raise UnreadableError("has JSON that the words around it may take back")
    if contradict(together(claims for part in plain_parts for claims in claims_in(part, names)), values):
        raise UnreadableError("has JSON and beside it words that say something else")


def last_sentence(text: str) -> str:
    """The sentence that runs up to the end of a text, if one does."""
    return END.split(text.rstrip())[-1]


def denied_behind(text: str) -> bool:
    """Whether the rest of the line, or the next word, says no."""
    return bool(DENIAL.search(END.split(text)[0]) or NEXT.match(text))


def claims_in(text: str, names: Mapping[str, str]) -> Iterator[Claims]:
    """What those sentences of a text say that are answers of their own; the others are prose."""
    for sentence in END.split(text):
        with suppress(UnreadableError):
            yield read_listing(sentence, names)
