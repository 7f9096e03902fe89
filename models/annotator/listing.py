"""Listing: reads answers such as ``politics, Экономика``, ``none`` or ``культура, но не политика`` word by word.

Every word has to be understood: an answer with one that is not is no answer. A name counts only as a whole word, so a
key that is part of another one is never taken for it. A "no" that may be about more than one name of its line is not
understood either: ``not politics, sport`` can mean two things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from models.annotator.claims import Claims, UnreadableError, together
from models.annotator.names import plain
from models.annotator.tokens import LETTERS, Token, tokens

BULLET = re.compile(r"^ ?(?:(?P<dash>[-–—]+) |[*•]+ ?|\d{1,2}[.)] ?)", re.MULTILINE)
HEADINGS = (
    r"(?:мой )?ответ|answer|(?:(?:подходящ\w+|article) )?(?:categor(?:y|ies)|topics?|labels?|категори[ия]|рубрик[аи]|"
    r"тем[аы])(?: (?:этой )?(?:статьи|новости|текста)| of the article)?"
)
HEADING = re.compile(rf"^\W*(?:{HEADINGS})\W*?[:—–-]")
# One entry, its words as letters: a name, perhaps ruled out before it or valued behind it; none; a bare yes or no.
ENTRY = re.compile(r"(?P<negated>[TN])?(?:X(?:I?X)*)(?:I(?P<value>[YNZ]))?|(?P<none>E)|(?P<verdict>[YNZ])")
Entry = list[Token]


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
    plain_text = plain(text)
    dashes = [match["dash"] for match in BULLET.finditer(plain_text)]
    if plain_text not in names:
        plain_text = BULLET.sub("", HEADING.sub("", plain_text, count=1))
    spoken = tokens(plain_text, names)
    if any(dashes) and any(kind == "plus" for kind, _ in spoken):
        raise UnreadableError("has marks + and -, which may be bullets or verdicts")
    lines = split_lines(spoken)
    if not lines:
        raise UnreadableError("says nothing")
    keys = frozenset(names.values())
    return together(read_line([read_entry(entry, keys) for entry in line]) for line in lines)


def split_lines(spoken: Sequence[Token]) -> list[list[Entry]]:
    """Group words into lines of entries; a line that ends or begins with a separator is one with its neighbour."""
    lines: list[list[Entry]] = []
    for line in split(spoken, {"line"}):
        entries = split(line, {"next", "plus", "and"})
        if not any(entries):
            continue
        if lines and not (lines[-1][-1] and entries[0]):
            lines[-1] += entries
        else:
            lines.append(entries)
    return [[entry for entry in line if entry] for line in lines]


def split(spoken: Sequence[Token], marks: set[str]) -> list[list[Token]]:
    """Cut words at some marks."""
    parts: list[list[Token]] = [[]]
    for kind, word in spoken:
        if kind in marks:
            parts.append([])
        else:
            parts[-1].append((kind, word))
    return parts


def read_entry(entry: Entry, keys_asked: frozenset[str]) -> Claims:
    """Read one entry: a category under one or more of its names, ruled out or not, or the word for none.

    A bare "yes" or "no" is about the category asked, where there is one; where there are several, "no" is none.
    """
    match = ENTRY.fullmatch("".join(LETTERS[kind] for kind, _ in entry))
    keys = frozenset(word for kind, word in entry if kind == "name")
    if not match or len(keys) > 1 or (match["verdict"] in ("Y", "Z") and len(keys_asked) > 1):
        raise UnreadableError(f"has words in no order that is understood: {' '.join(word for _, word in entry)[:60]!r}")
    if match["none"] or (match["verdict"] and len(keys_asked) > 1):
        return Claims(none=True)
    if match["negated"] and match["value"]:
        raise UnreadableError(f"says two things of {', '.join(keys)} at once")
    verdict = match["value"] or match["verdict"] or ("N" if match["negated"] else "Y")
    each = bool(match["value"])
    return Claims(yes=keys or keys_asked, each=each) if verdict == "Y" else Claims(no=keys or keys_asked, each=each)


def read_line(entries: Sequence[Claims]) -> Claims:
    """Read the entries of one line, in which no "no" may reach a name that stands bare.

    That is a name behind one that is ruled out, as in ``not politics, sport``, and a name beside one with the value no,
    as in ``politics, sport: no``.
    """
    refused = any(entry.no and entry.each for entry in entries)
    for entry in entries:
        if refused and entry.yes and not entry.each:
            raise UnreadableError(f"has a no that may be about {', '.join(entry.yes)}, too")
        refused = refused or bool(entry.no)
    return together(entries)
