"""The sheets that people fill in: CSVs that spreadsheets open unharmed and `labels import` reads back."""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from models.annotator.prompt import cut
from models.files import write_atomically
from pipeline.crawl.article import Article, content_id
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from store.articles import Articles

SHEET_COLUMNS = ("id", "source", "title", "text")  # the columns by which a person knows an article
# Full-width signs too: a spreadsheet in an Asian locale takes them for formulas.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_CHARACTERS = 32_000  # spreadsheets break a cell of more than 32,767 in two; the import goes by the id
Row = Mapping[str, Any]


def require_csv(file: Path) -> None:
    """Refuse another suffix, before anything is computed.

    Raises
    ------
    PipelineError
        With exit code 2.
    """
    if file.suffix.lower() != ".csv":
        raise PipelineError(f"{file}: the table is a CSV; choose a name that ends in .csv", exit_code=2)


def write_new(file: Path, text: str) -> None:
    """Write a table whole or not at all, in UTF-8 with the mark that spreadsheets need for Cyrillic.

    Raises
    ------
    PipelineError
        When another table is there: a person may have filled it in.
    """
    content = text.encode("utf-8-sig")
    if file.exists() and file.read_bytes() != content:
        how = "import it or move it away, or choose another with --out FILE"
        raise PipelineError(f"{file} is there already and somebody may have filled it in; {how}")
    write_atomically(file, content)


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """A header and comma-separated lines; None is an empty cell."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(columns)
    table.writerows([iso_moment(row.get(name)) for name in columns] for row in rows)
    return written.getvalue()


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula; :func:`plain_cell` takes the mark away again.

    The apostrophe is OWASP's advice against "CSV injection": a crawled title may begin with ``=HYPERLINK(``. A text
    that looks as if it was marked already is marked once more, so that every text comes back as it was.
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def plain_cell(text: str) -> str:
    """The text of a cell without the mark of :func:`cell`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def unescaped(article: Article) -> Article:
    """An article without the marks of :func:`cell`, if it has any."""
    source, title, text = map(plain_cell, (article.source, article.title, article.text))
    if (source, title, text) == (article.source, article.title, article.text):
        return article
    return replace(article, id=content_id(title, text), source=source, title=title, text=text)


def iso_moment(value: object) -> object:
    """A moment as ISO 8601; everything else as it is."""
    return value.isoformat() if isinstance(value, datetime) else value


def article_cells(home: Home, ids: Sequence[str]) -> list[dict[str, str]]:
    """The columns ``SHEET_COLUMNS`` of stored articles, in their order, as cells that spreadsheets open unharmed."""
    rows = Articles(home.db).get(pa.array(ids, pa.string()), list(SHEET_COLUMNS[1:])).to_pylist()
    return [{name: cell(cut(row[name] or "", MOST_CHARACTERS)) for name in SHEET_COLUMNS} for row in rows]


def next_with_sheet(file: Path | None, do: str, rule: str, command: Sequence[str]) -> tuple[str, ...]:
    """What a person does with a sheet, or how to get one.

    Parameters
    ----------
    file
        The sheet that was written; None: none was asked for.
    do, rule
        What is done with it, as in "fill in", and what its cells may hold.
    command
        The command that lists the same articles.
    """
    if file is None:
        return (f"{shlex.join(command)} --out FILE.csv, a table to {do}",)
    return (f"{do} {file}: {rule}", f"rubrika labels import {file} --annotator editor:NAME", "rubrika train")
