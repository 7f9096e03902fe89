"""Tables of labels: read in any format, with the articles' texts or with nothing but their ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.crawl.article import Reason
from pipeline.crawl.columns import NoTextError
from pipeline.crawl.notes import FileNotes
from pipeline.crawl.options import AS_FOUND, ReadOptions
from pipeline.crawl.read import read_crawl
from pipeline.crawl.rows import Accepted, Rejected, Row
from pipeline.labels.id_columns import as_article_id, id_column
from pipeline.labels.import_call import ImportCall
from pipeline.labels.label_rows import LabelRow, article_row
from pipeline.setup.errors import PipelineError

UNDECODABLE: Reason = "undecodable bytes"
_BLANK = b',;\t|" \r\n\0'  # all that a row without a value is made of


@dataclass(frozen=True)
class Unreadable:
    """A row that is no article, or names none, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class LabelTable:
    """A table's rows, and what was found out about its file."""

    rows: tuple[LabelRow, ...]
    unreadable: tuple[Unreadable, ...]
    notes: FileNotes

    @property
    def undecodable(self) -> int:
        """How many rows have bytes that the file's encoding lacks."""
        return sum(row.reason == UNDECODABLE for row in self.unreadable)


def read_label_table(file: Path, timezone: str, options: ReadOptions = AS_FOUND) -> LabelTable:
    """Read a table in any format of a crawl, with the articles' texts or with nothing but their ids.

    Raises
    ------
    PipelineError
        When the file as a whole cannot be read.
    """
    crawl = read_crawl(file, timezone, source=file.name, options=options)
    try:
        return label_table(map(crawl_row, crawl), crawl.notes)
    except NoTextError as error:
        column = id_column(error.names)
        if column is None or "text" in options.columns:
            raise
    # A reader of crawls needs a text in every record: here the id stands for it.
    by_id = replace(options, columns={**options.columns, "text": column})
    crawl = read_crawl(file, timezone, source=file.name, options=by_id)
    return label_table(map(id_row, crawl), crawl.notes)


def label_table(rows: Iterable[LabelRow | Unreadable | None], notes: FileNotes) -> LabelTable:
    """Part the rows into those that name an article and those that do not; blank ones are neither."""
    read = list(rows)
    labelled = tuple(row for row in read if isinstance(row, LabelRow))
    return LabelTable(labelled, tuple(row for row in read if isinstance(row, Unreadable)), notes)


def crawl_row(row: Row) -> LabelRow | Unreadable | None:
    """A row with a text."""
    return article_row(row) if isinstance(row, Accepted) else rejected_row(row)


def id_row(row: Row) -> LabelRow | Unreadable | None:
    """A row whose text is its article's id."""
    if isinstance(row, Rejected):
        return rejected_row(row, no_text="no id")
    article_id = as_article_id(row.article.text)
    if article_id is None:
        shown = row.article.text[:40]
        return Unreadable(row.line, f"id {shown!r} is no article's, which has 32 digits 0-9 and a-f")
    return LabelRow(article_id, row.line, row.labels)


def rejected_row(row: Rejected, no_text: str = "no text") -> Unreadable | None:
    """A row that is no article; None for one without any value, as spreadsheets leave them below a table."""
    if not row.raw.strip(_BLANK):
        return None
    return Unreadable(row.line, no_text if row.reason == "no text" else row.reason)


def require_readable(table: LabelTable, call: ImportCall) -> None:
    """Refuse a table in which no row names an article, or one of two columns of a name would be lost.

    Raises
    ------
    PipelineError
        With the first reason.
    """
    if table.notes.twice:
        raise PipelineError(
            f"{call.file}: two columns are called {next(iter(table.notes.twice))!r}; rename or remove one"
        )
    if table.unreadable and not table.rows:
        first = table.unreadable[0]
        how = "save it with its columns as they were, like a table of: rubrika labels export"
        if first.reason == UNDECODABLE:
            how = f"name its encoding: {replace(call, options=replace(call.options, encoding='cp1251')).again()}"
        raise PipelineError(f"{call.file}:{first.line}: {first.reason}, as in all {len(table.unreadable)} rows; {how}")
