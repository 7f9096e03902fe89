"""Tables that name articles by id instead of holding their texts, also as Excel saves them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.crawl.columns import find_columns
from pipeline.crawl.files import MAX_RECORD
from pipeline.labels.values import fold
from pipeline.setup.errors import PipelineError

ID_NAMES = ("id", "ид", "article_id", "id статьи")
ARTICLE_ID = re.compile(r"[0-9a-f]{32}")
DELIMITERS = ",;\t|"
SUFFIXES = (".csv", ".tsv")
ENCODINGS = ("utf-8-sig", "cp1251")  # Excel in Russian saves a "CSV" in the second


@dataclass(frozen=True)
class IdTable:
    """How a table of ids is written."""

    delimiter: str
    encoding: str


def find_id_table(file: Path) -> IdTable | None:
    """Recognise a table with an id column and no texts by its first line; None for other files."""
    if file.suffix.lower() not in SUFFIXES or not file.is_file():
        return None
    with file.open("rb") as stream:
        first = stream.readline(MAX_RECORD)
    encoding = next((name for name in ENCODINGS if decodes(first, name)), "")
    for delimiter in DELIMITERS if encoding else "":
        names = next(csv.reader([first.decode(encoding)], delimiter=delimiter), [])
        if len(names) > 1 and id_place(names) is not None and find_columns(tuple(names)).text is None:
            return IdTable(delimiter, encoding)
    return None


def read_id_table(file: Path, table: IdTable) -> Iterator[tuple[int, str, Mapping[str, str] | str]]:
    """Rows of a table of ids: line, article and cells, or instead of the cells why it names no article.

    Raises
    ------
    PipelineError
        When it is in no encoding that is known, its quotes are broken, or two columns have one name.
    """
    csv.field_size_limit(MAX_RECORD)
    records = csv.reader(io.StringIO(decoded(file), newline=""), delimiter=table.delimiter)
    names = [name.strip() for name in next(records)]
    require_different(names, file)
    place, line = id_place(names) or 0, records.line_num
    try:
        for values in records:
            begins, line = line + 1, records.line_num
            if any(value.strip() for value in values):
                yield begins, *read_record(names, values, place)
    except csv.Error as error:
        raise PipelineError(f"{file}:{line + 1}: not CSV: {error}; save it again as CSV in UTF-8") from error


def read_record(names: Sequence[str], values: list[str], place: int) -> tuple[str, Mapping[str, str] | str]:
    """One row; an id in capitals is the same, and no article can ever have one of another form."""
    while len(values) > len(names) and not values[-1].strip():
        values.pop()
    if len(values) != len(names):
        return "", f"{len(values)} fields, but the header has {len(names)}"
    article_id = values[place].strip().strip("'").lower()
    if not ARTICLE_ID.fullmatch(article_id):
        return "", f"id {values[place].strip()[:40]!r} is no article's, which has 32 digits 0-9 and a-f"
    return article_id, dict(zip(names, values, strict=True))


def require_different(names: Sequence[str], file: Path) -> None:
    """Refuse a header in which two columns have one name: one of them would be lost."""
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        raise PipelineError(f"{file}: two columns are called {twice[0]!r}; rename or remove one")


def decoded(file: Path) -> str:
    """The whole text; tables of ids are small.

    Raises
    ------
    PipelineError
        When it is in no encoding that is known.
    """
    data = file.read_bytes()
    for encoding in ENCODINGS:
        if decodes(data, encoding):
            return data.decode(encoding)
    raise PipelineError(f"{file}: not UTF-8, nor cp1251 as Excel writes it; save it as CSV in UTF-8")


def decodes(data: bytes, encoding: str) -> bool:
    """Whether bytes are a text in an encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def id_place(names: Sequence[str]) -> int | None:
    """Where the id column stands."""
    folded = [fold(name) for name in names]
    return next((folded.index(name) for name in ID_NAMES if name in folded), None)


def named_id(cells: Mapping[str, str]) -> str:
    """The id that a row with texts gives its article; empty where it gives none."""
    place = id_place(list(cells))
    return "" if place is None else list(cells.values())[place].strip().lower()
