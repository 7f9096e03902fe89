"""Which column is which: crawls call the same fields by many names, and everything else is a label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

from pipeline.crawl.article import RawArticle
from pipeline.crawl.names import FIELD_NAMES, Field, plain_name
from pipeline.setup.errors import PipelineError

Chosen = tuple[tuple[str, str], ...]
_FIELDS = get_args(Field)


class NoTextError(PipelineError):
    """A file without a column of texts; ``names`` are what its first row holds, where its columns may be called so."""

    def __init__(self, message: str, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns and the places of the fields among them; None where the table lacks one.

    `url` is no field of an article: it stays among the labels and only names the source of rows that have none.
    """

    names: tuple[str, ...]
    source: int | None
    title: int | None
    text: int | None
    date: int | None
    url: int | None = None
    fetched: int | None = None

    def raw_article(self, values: Sequence[str]) -> RawArticle:
        """Pick the fields out of a row of as many values as there are names."""
        fields = (self.source, self.title, self.text, self.date, self.url, self.fetched)
        return RawArticle(*("" if place is None else values[place] for place in fields))

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        """Return the row's other columns by their names; columns without a name are no labels."""
        fields = {self.source, self.title, self.text, self.date}
        return {name: values[place] for place, name in enumerate(self.names) if name and place not in fields}

    def place(self, field: Field) -> int | None:
        """Return the place of a field by its public name."""
        named = {"published_at": self.date, "fetched_at": self.fetched}
        return named[field] if field in named else getattr(self, field)


HEADERLESS = Columns(("source", "title", "text", "date"), 0, 1, 2, 3)


@lru_cache(maxsize=256)
def find_columns(names: tuple[str, ...], chosen: Chosen = ()) -> Columns:
    """Recognise columns by their names, in any case, with or without spaces, underscores and hyphens.

    Parameters
    ----------
    names
        The names in the table's order.
    chosen
        Field and name of the columns that a person chose; they need not be known names.

    Returns
    -------
    Columns
        Names trimmed, otherwise as given.
    """
    by_choice = dict(chosen)
    places = {plain_name(name): place for place, name in reversed(list(enumerate(names)))}
    taken = {places.get(plain_name(name)) for name in by_choice.values()}

    def place_of(field: Field) -> int | None:
        if field in by_choice:
            return places.get(plain_name(by_choice[field]))
        candidates = (places[name] for name in FIELD_NAMES[field] if name in places)
        return next((place for place in candidates if place not in taken), None)

    return Columns(tuple(name.strip() for name in names), *map(place_of, _FIELDS))


def numbered_columns(width: int, chosen: Chosen) -> Columns:
    """Return the columns of a table without a header whose fields were chosen by number, from 1."""
    names = [str(number) for number in range(1, width + 1)]
    return find_columns(tuple(names), chosen)


def recognised(names: Sequence[str], chosen: Chosen = ()) -> int:
    """Count the fields that a line of names would give a table."""
    columns = find_columns(tuple(names), chosen)
    return sum(columns.place(field) is not None for field in _FIELDS)


def is_header(names: Sequence[str], chosen: Chosen = ()) -> bool:
    """Tell whether a line names the text or two other fields."""
    return find_columns(tuple(names), chosen).text is not None or recognised(names, chosen) > 1


def require_text(columns: Columns, path: Path) -> Columns:
    """Return `columns` if an article can be made of them.

    Parameters
    ----------
    columns
        The file's columns.
    path
        The file, for the message.

    Returns
    -------
    Columns
        The same.

    Raises
    ------
    NoTextError
        If there is no text column.
    """
    if columns.text is not None:
        return columns
    raise NoTextError(
        f"{path}: no text column; its columns are {list_names(columns.names)}; "
        "name it: add --column text=NAME to the command",
        columns.names,
    )


def require_chosen(columns: Columns, path: Path, chosen: Chosen) -> None:
    """Refuse a file that lacks a column which was chosen for a field.

    Raises
    ------
    PipelineError
        If it has no such column; exit code 2.
    """
    for _, name in chosen:
        if plain_name(name) not in map(plain_name, columns.names):
            raise PipelineError(f"{path}: no column {name!r}; its columns are {list_names(columns.names)}", exit_code=2)


def list_names(names: Sequence[str]) -> str:
    """Names for a message: the first twenty, each cut, on one line."""
    return ", ".join(re.sub(r"\s+", " ", name[:40]) for name in names[:20]) or "none"
