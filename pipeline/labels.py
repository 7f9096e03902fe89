"""Labels: a table with one 1/0/blank column per category becomes opinions in the log."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.categories.settled import require_settled
from pipeline.config import Settings
from pipeline.crawl.read import read_crawl
from pipeline.crawl.rows import Accepted
from pipeline.errors import PipelineError
from pipeline.home import Home
from pipeline.ingest import opinions_table
from pipeline.label_values import LabelValueError, label_value
from store.articles import Articles
from store.labels import Labels

NOT_LABELS = frozenset({"id", "source", "title", "text", "generation", "comment", "annotator"})
LABEL_CELLS = frozenset({"", "0", "1", "0.0", "1.0"})


@dataclass(frozen=True)
class LabelRow:
    """One article's label cells, still as they were written."""

    article_id: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Imported:
    """What an import brought.

    Parameters
    ----------
    categories
        Category → how many articles were positive, negative and unknown in the file.
    unmatched
        Articles of the file that the store does not hold; their labels are kept and count once they are ingested.
    added
        Opinions that the log did not hold yet.
    """

    categories: dict[str, dict[str, int]]
    unmatched: int
    added: int


def import_labels(home: Home, settings: Settings, file: Path, only: Sequence[str] = ()) -> Imported:
    """Read a label table into the log as annotator ``import:FILE``; labels find articles by their content.

    Parameters
    ----------
    file
        A crawl-shaped table (title and text beside the labels), or a CSV with an ``id`` column.
    only
        Import only these categories; empty: every category of the file.

    Raises
    ------
    PipelineError
        For a label column that is no category (exit code 2), a file without any, or a cell that is not 1, 0 or blank.
        Nothing is written then.
    """
    require_settled(home)
    rows = list(read_label_rows(file, settings.ingest.timezone))
    columns = label_columns(rows, list(settings.categories), only, file)
    opinions = [(row.article_id, category, value) for row, category, value in read_cells(rows, columns, file)]
    counts = {
        category: {
            "positive": sum(value == 1 for _, key, value in opinions if key == category),
            "negative": sum(value == 0 for _, key, value in opinions if key == category),
        }
        for category in columns
    }
    categories = {key: {**said, "unknown": len(rows) - sum(said.values())} for key, said in counts.items()}
    known = pc.is_in(pa.array([row.article_id for row in rows], pa.string()), value_set=Articles(home.db).ids())
    added = Labels(home.db).add(opinions_table(opinions), f"import:{file.name}")
    return Imported(categories, len(rows) - int(pc.sum(known).as_py() or 0), added)


def read_label_rows(file: Path, timezone: str) -> Iterator[LabelRow]:
    """Rows of a label table, each with its article's id."""
    if has_id_column(file):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for line, cells in enumerate(csv.DictReader(lines), start=2):
                yield LabelRow(cells["id"] or "", line, {key: value or "" for key, value in cells.items() if key})
        return
    for row in read_crawl(file, timezone, source=file.name):
        if isinstance(row, Accepted):
            yield LabelRow(row.article.id, row.line, row.labels)


def has_id_column(file: Path) -> bool:
    """Tell whether a CSV names its articles by id instead of holding their text."""
    if file.suffix != ".csv" or not file.is_file():
        return False
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        header = [name.strip().lower() for name in next(csv.reader(lines), [])]
    return "id" in header and "text" not in header


def label_columns(rows: Sequence[LabelRow], categories: Sequence[str], only: Sequence[str], file: Path) -> list[str]:
    """The columns to import: those of categories; a column of 1/0/blank that is no category is refused."""
    names = [name for name in (rows[0].cells if rows else {}) if name not in NOT_LABELS]
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
