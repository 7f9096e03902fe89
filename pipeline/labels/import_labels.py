"""Labels: a table with one 1/0/blank column per category becomes opinions in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.labels.annotators import importer
from pipeline.labels.read import LabelRow, Unreadable, label_columns, read_cells, read_label_rows
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.articles import Articles
from store.labels import Labels, opinions_table


@dataclass(frozen=True)
class Imported:
    """What an import brought.

    Parameters
    ----------
    annotator
        Whose opinions they are now.
    categories
        Category → how many articles were positive, negative and unknown in the file.
    unmatched
        Articles of the file that the store does not hold; their labels are kept and count once they are ingested.
    unreadable
        Rows that are no articles and gave no label.
    added
        Opinions that the log did not hold yet.
    """

    annotator: str
    categories: dict[str, dict[str, int]]
    unmatched: int
    unreadable: int
    added: int


def import_labels(
    home: Home, settings: Settings, file: Path, only: Sequence[str] = (), annotator: str | None = None
) -> Imported:
    """Read a label table into the log; labels find articles by their content, or by the id of a stored one.

    Parameters
    ----------
    file
        A crawl-shaped table (title and text beside the labels), or a CSV with an ``id`` column. A row with both is the
        article of that id if the store has one: spreadsheets cut and change long texts.
    only
        Import only these categories; empty: every category of the file.
    annotator
        ``editor:NAME`` or ``import:FILE``; None: ``import:`` and the file's name.

    Raises
    ------
    PipelineError
        For a wrong annotator or a label column that is no category (exit code 2), a file without any or without a
        readable row, or a cell that is not 1, 0 or blank. Nothing is written then.
    """
    who = f"import:{file.name}" if annotator is None else importer(annotator)
    stored = set(Articles(home.db).ids().to_pylist())
    read = list(read_label_rows(file, settings.ingest.timezone))
    rows = [row for row in read if isinstance(row, LabelRow)]
    unreadable = [row for row in read if isinstance(row, Unreadable)]
    require_readable(file, rows, unreadable)
    columns = label_columns(rows, list(settings.categories), only, file)
    articles = {row.line: row.named if row.named in stored else row.article_id for row in rows}
    opinions = [(articles[row.line], category, value) for row, category, value in read_cells(rows, columns, file)]
    unmatched = sum(article not in stored for article in articles.values())
    added = Labels(home.db).add(opinions_table(opinions), who)
    return Imported(who, counts(opinions, columns, len(rows)), unmatched, len(unreadable), added)


def require_readable(file: Path, rows: Sequence[LabelRow], unreadable: Sequence[Unreadable]) -> None:
    """Refuse a file of which nothing can be read."""
    if unreadable and not rows:
        first = unreadable[0]
        how = "save it as UTF-8 with its columns as they were, like a table of: rubrika labels export"
        raise PipelineError(f"{file}:{first.line}: {first.reason}, as in all {len(unreadable)} rows; {how}")


def counts(opinions: Sequence[tuple[str, str, int]], columns: Sequence[str], rows: int) -> dict[str, dict[str, int]]:
    """Category → cells that say yes, no and nothing."""
    said = {key: [value for _, category, value in opinions if category == key] for key in columns}
    return {
        key: {"positive": values.count(1), "negative": values.count(0), "unknown": rows - len(values)}
        for key, values in said.items()
    }
