"""Listing: reads answers such as ``politics, Экономика``, ``none`` or ``культура, но не политика`` word by word.

Every word has to be understood: an answer with one that is not is no answer. A name counts only as a whole word, so a
key that is part of another one is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from models.annotator.claims import Claims, UnreadableError, together
from models.annotator.names import plain

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
MARKS = {"next": r"[,;|/&+\n]", "is": r":|=|->|→|[—–-]", "blank": r"[\s.\"'`«»“”„*()]"}
BULLET = re.compile(r"^ ?(?:[-*•–—]+|\d{1,2}[.)]) ?", re.MULTILINE)
HEADING = re.compile(r"^\W*(?:(?:мой )?ответ|answer|categor(?:y|ies)|категори[ия]|рубрик[аи]|labels)\W*?[:—–-]")
# One entry, its words written as letters: a name, perhaps ruled out before it or valued behind it; or none at all.
ENTRY = re.compile(r"(?P<negated>[TN])?(?:X(?:I?X)*)(?:I(?P<value>[YNZ]))?|(?P<none>E|N)")
LETTERS = {"none": "E", "not": "T", "no": "N", "yes": "Y", "zero": "Z", "is": "I", "name": "X"}


def read_listing(text: str, names: Mapping[str, str]) -> Claims:
    """Read a list of categories in words.

    Parameters
    ----------
    names
        Name as :func:`models.annotator.names.names_of` writes it → key.

    Raises
    ------
    UnreadableError
        When a word or its place is not understood.
    """
    said = plain(text)
    if said not in names:
        said = BULLET.sub("", HEADING.sub("", said, count=1))
    entries = [entry for entry in split_entries(words(said, names)) if entry]
    if not entries:
        raise UnreadableError("says nothing")
    return together(read_entry(entry) for entry in entries)


def words(said: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Cut a text into (kind, key or word); names first, the longest first."""
    longest = sorted(names, key=len, reverse=True)
    name = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in longest)
    kinds = {"name": name, **WORDS}
    spoken = "|".join(f"(?P<{kind}>(?<![\\w-])(?:{words})(?![\\w-]))" for kind, words in kinds.items())
    marks = "|".join(f"(?P<{kind}>{mark})" for kind, mark in MARKS.items())
    pattern = re.compile(f"{spoken}|{marks}")
    place = 0
    while place < len(said):
        found = pattern.match(said, place)
        if not found:
            raise UnreadableError(f"has {said[place : place + 40]!r}, which is no category that was asked about")
        place = found.end()
        kind = str(found.lastgroup)
        yield kind, names[" ".join(found[0].split())] if kind == "name" else found[0]


def split_entries(spoken: Iterator[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Group words into the entries of a list."""
    entries: list[list[tuple[str, str]]] = [[]]
    for kind, word in spoken:
        if kind in ("next", "and"):
            entries.append([])
        elif kind != "blank":
            entries[-1].append((kind, word))
    return entries


def read_entry(entry: list[tuple[str, str]]) -> Claims:
    """Read one entry: a category under one or more of its names, ruled out or not, or the word for none."""
    found = ENTRY.fullmatch("".join(LETTERS[kind] for kind, _ in entry))
    keys = frozenset(word for kind, word in entry if kind == "name")
    if not found or len(keys) > 1:
        raise UnreadableError(f"has words in no order that is understood: {' '.join(word for _, word in entry)[:60]!r}")
    if found["none"]:
        return Claims(none=True)
    if found["negated"] and found["value"]:
        raise UnreadableError(f"says two things of {', '.join(keys)} at once")
    ruled_out = found["negated"] or found["value"] in ("N", "Z")
    return Claims(no=keys) if ruled_out else Claims(yes=keys)
