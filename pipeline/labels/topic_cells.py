"""Cells of topics: one topic or a list of them, in the ways that lists are written, and which columns hold them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence

from pipeline.labels.values import LONG_DASHES, UNKNOWN, fold

# What columns of topics are called, in newsrooms' databases and in public data sets.
TOPIC_NAMES = frozenset(
    [
        *(
            "topic",
            "topics",
            "label",
            "labels",
            "category",
            "categories",
            "tag",
            "tags",
            "rubric",
            "rubrics",
            "rubrika",
        ),
        *("section", "sections", "class", "target", "тема", "темы", "рубрика", "рубрики", "категория", "категории"),
        *("метка", "метки", "тег", "теги", "раздел", "разделы", "класс"),
    ]
)
BETWEEN = re.compile(r"[|;,\n]")
PERHAPS_BETWEEN = (re.compile(r"\s*/\s*"), re.compile(r"\s+"))  # only where every part names a category
BRACKETS = ("[]", "()", "{}")
NO_COMMA = re.compile(r"(?<=['\"])\s+(?=['\"])")  # numpy's ['a' 'b'], which Python would read as one string
BLANK = UNKNOWN | LONG_DASHES | {"-"}
ENOUGH = 0.5  # share of a column's cells that name a category, from which on it is one of topics


def topics_of(cell: str, whole: Callable[[str], bool]) -> tuple[str, ...] | None:
    """Split a cell into its topics.

    Parameters
    ----------
    cell
        ``politics``, ``politics|economy``, ``["politics"]`` or ``['politics']``.
    whole
        Whether a text is one topic although it may look like several: ``Наука, техника``.

    Returns
    -------
    tuple of str or None
        None for a blank cell, which is unknown; empty for an empty list, which says that it is none.
    """
    text = cell.strip()
    if fold(text) in BLANK:
        return None
    if text[0] + text[-1] in BRACKETS:
        return different(listed_topics(text))
    if whole(text):
        return (text,)
    for between in PERHAPS_BETWEEN:
        parts = between.split(text)
        if all(map(whole, parts)):
            return different(parts)
    return different(BETWEEN.split(text))


def listed_topics(text: str) -> Sequence[object]:
    """The items of a list as JSON, Python or numpy writes it, else of one whose items have no quotes."""
    for read in (json.loads, ast.literal_eval):
        try:
            items = read(NO_COMMA.sub(", ", text))
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
        return sorted(items) if isinstance(items, set) else list(items) if isinstance(items, list | tuple) else [items]
    return BETWEEN.split(text[1:-1])


def different(items: Sequence[object]) -> tuple[str, ...]:
    """Topics without spaces and quotes around them, each once."""
    topics = [str(item).strip().strip("\"'").strip() for item in items if item is not None]
    return tuple({fold(topic): topic for topic in reversed(topics) if topic}.values())[::-1]


def topic_columns(columns: Mapping[str, Collection[str]], is_category: Callable[[str], bool]) -> list[str]:
    """The columns whose cells name topics: those in which most name a category, then those that are called so."""
    shares = {name: share_of_categories(cells, is_category) for name, cells in columns.items()}
    likely = [name for name, share in shares.items() if share >= ENOUGH or (share and fold(name) in TOPIC_NAMES)]
    called = [name for name in columns if fold(name) in TOPIC_NAMES and name not in likely]
    return [*sorted(likely, key=lambda name: -shares[name]), *(name for name in called if any(columns[name]))]


def share_of_categories(cells: Collection[str], is_category: Callable[[str], bool]) -> float:
    """How many of the cells that are not blank name a category."""
    read = [topics for cell in cells if (topics := topics_of(cell, is_category))]
    return sum(any(map(is_category, topics)) for topics in read) / len(read) if read else 0.0
