"""Reading a table of labels: each row's article and its cells, whatever the table's format."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.crawl.read import read_crawl
from pipeline.crawl.rows import Accepted
from pipeline.labels.values import BLANKS, LabelValueError, label_value
from pipeline.setup.errors import PipelineError

NOT_LABELS = frozenset({"id", "source", "title", "text", "generation", "comment", "annotator"})
ARTICLE_ID = re.compile(r"[0-9a-f]{32}")
LABEL_CELLS = BLANKS | {"0", "1", "0.0", "1.0"}


@dataclass(frozen=True)
class LabelRow:
    """One article's label cells, still as they were written.

    Parameters
    ----------
    article_id
        From the article's content, or the ``id`` of a table without texts.
    named
        The ``id`` of a table with texts: it may be an article's, or a number of somebody else's.
    """

    article_id: str
    line: int
    cells: dict[str, str]
    named: str = ""


@dataclass(frozen=True)
class Unreadable:
    """A row that is no article, or names none, and why."""

    line: int
    reason: str


def read_label_rows(file: Path, timezone: str) -> Iterator[LabelRow | Unreadable]:
    """Rows of a label table, each with its article's id."""
    delimiter = id_table(file)
    if delimiter:
        yield from read_id_table(file, delimiter)
        return
    for row in read_crawl(file, timezone, source=file.name):
        if isinstance(row, Accepted):
            yield LabelRow(row.article.id, row.line, row.labels, row.labels.get("id", "").strip())
        else:
            yield Unreadable(row.line, row.reason)


def id_table(file: Path) -> str:
    """The delimiter of a CSV that names its articles by id instead of holding their text; empty for other files."""
    if file.suffix.lower() != ".csv" or not file.is_file():
        return ""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        first = lines.readline()
    for delimiter in ",;":
        header = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
        if "id" in header and "text" not in header and len(header) > 1:
            return delimiter
    return ""


def read_id_table(file: Path, delimiter: str) -> Iterator[LabelRow | Unreadable]:
    """Rows of a CSV with an id column and no texts; no article can ever have an id of another form.

    Raises
    ------
    PipelineError
        When it is not UTF-8.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for line, cells in enumerate(csv.DictReader(lines, delimiter=delimiter), start=2):
                named = {key.strip(): value or "" for key, value in cells.items() if key}
                article = next(value for key, value in named.items() if key.lower() == "id").strip()
                if ARTICLE_ID.fullmatch(article):
                    yield LabelRow(article, line, named)
                else:
                    yield Unreadable(line, f"id {article[:40]!r} is no article's, which has 32 digits 0-9 and a-f")
    except UnicodeDecodeError as error:
        raise PipelineError(f"{file}: not UTF-8 ({error.reason}); save it as CSV in UTF-8") from error


def label_columns(rows: Sequence[LabelRow], categories: Sequence[str], only: Sequence[str], file: Path) -> list[str]:
    """The columns to import: those of categories; a column of 1/0/blank that is no category is refused."""
    names = [name for name in (rows[0].cells if rows else {}) if name.lower() not in NOT_LABELS]
    wanted = [name for name in names if name in (only or categories)]
    missing = [name for name in only if name not in names or name not in categories]
    strange = [
        name
        for name in names
        if name not in categories and not only and {row.cells.get(name, "").strip() for row in rows} <= LABEL_CELLS
    ]
    known = ", ".join(categories) or "none"
    if missing:
        raise PipelineError(
            f"{file}: no label column {missing[0]!r}; columns: {', '.join(names)}; categories: {known}", 2
        )
    if strange:
        raise PipelineError(
            f"{file}: column {strange[0]!r} is not a category; categories: {known}; "
            f"add it with: rubrika category add {strange[0]} --title TITLE, or choose columns with --category",
            exit_code=2,
        )
    if not wanted:
        raise PipelineError(f"{file}: no label columns; columns: {', '.join(names)}; categories: {known}")
    return wanted


def read_cells(rows: Iterable[LabelRow], columns: Sequence[str], file: Path) -> Iterator[tuple[LabelRow, str, int]]:
    """Every cell that is not blank as a value."""
    for row in rows:
        for category in columns:
            try:
                value = label_value(row.cells.get(category, ""))
            except LabelValueError as error:
                raise PipelineError(f"{file}:{row.line}: {category} = {error}; nothing was imported") from error
            if value is not None:
                yield row, category, value
