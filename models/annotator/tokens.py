"""Tokens: the words of an answer, each of a kind that can stand in a list of categories."""

from __future__ import annotations

import re
from collections.abc import Mapping

import Stemmer

from models.annotator.claims import UnreadableError

NONE = (
    r"none(?: of (?:them|these|the above))?|nothing|n/a|no (?:suitable )?categor(?:y|ies)|"
    r"ни (?:к )?одн(?:а|ой|ого|у)(?: из)?(?: (?:категори|рубрик|них|перечисленн|эт)\w*){0,2}(?: не подходит)?|"
    r"никак(?:ая|ой|их|ие)|ничего|нет (?:подходящих )?(?:категорий|рубрик)|пусто"
)
WORDS = {
    "none": NONE,
    "not": r"(?:(?:но|а|but) )?(?:не|not)",
    "no": r"нет|no",
    "yes": r"да|yes|true|1",
    "zero": r"false|0",
    "and": r"и|and",
}
MARKS = {"line": r"\n", "plus": r"\+", "next": r"[,;|/&]", "is": r":|=|->|→|[—–-]", "blank": r"[\s.\"'`«»“”„*()]"}
LETTERS = {"none": "E", "not": "T", "no": "N", "yes": "Y", "zero": "Z", "is": "I", "name": "X"}
EXCEPT = re.compile(r"(?<![\w-])(?:кроме|исключая|except)\s(?P<what>[\w-]+(?: [\w-]+)*)")
Token = tuple[str, str]


def tokens(text: str, names: Mapping[str, str]) -> list[Token]:
    """Cut a text into (kind, key or word), without blanks; names first, the longest first.

    Parameters
    ----------
    text
        Written by :func:`models.annotator.names.plain`.
    names
        Name, written the same way → key.

    Raises
    ------
    UnreadableError
        At a word that is none of these.
    """
    text, pattern = without(text, names), pattern_of(names)
    spoken, place = [], 0
    while place < len(text):
        match = pattern.match(text, place)
        if not match:
            raise UnreadableError(f"has {text[place : place + 40]!r}, which is no category that was asked about")
        place, kind = match.end(), str(match.lastgroup)
        if kind != "blank":
            spoken.append((kind, names[" ".join(match[0].split())] if kind == "name" else match[0]))
    return spoken


def pattern_of(names: Mapping[str, str]) -> re.Pattern[str]:
    """One token."""
    longest = sorted(names, key=len, reverse=True)
    name = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in longest)
    kinds = {"name": name, **WORDS}
    spoken = "|".join(f"(?P<{kind}>(?<![\\w-])(?:{words})(?![\\w-]))" for kind, words in kinds.items())
    marks = "|".join(f"(?P<{kind}>{mark})" for kind, mark in MARKS.items())
    return re.compile(f"{spoken}|{marks}")


def without(text: str, names: Mapping[str, str]) -> str:
    """Write ``кроме спорта`` as ``не спорт``: behind that word a title stands in another case."""
    if not EXCEPT.search(text):
        return text
    names_by_stem: dict[str, set[str]] = {}
    for name in names:
        names_by_stem.setdefault(stems(name), set()).add(name)
    titles = {stem: alternatives.pop() for stem, alternatives in names_by_stem.items() if len(alternatives) == 1}
    return EXCEPT.sub(lambda match: f"не {titles.get(stems(match['what']), match['what'])}", text)


def stems(name: str) -> str:
    """A name without its endings (Snowball)."""
    return " ".join(Stemmer.Stemmer("russian").stemWords(name.split()))
