"""Import: a table with one column per category, or with a column of topics, becomes opinions in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.crawl.options import AS_FOUND, ReadOptions
from pipeline.labels.annotators import importer
from pipeline.labels.column_labels import column_opinions
from pipeline.labels.conflicts import conflicts_of, require_agreement, without_conflicts
from pipeline.labels.import_call import ImportCall, Reading
from pipeline.labels.label_table import LabelTable, read_label_table, require_readable
from pipeline.labels.topic_labels import topic_opinions
from pipeline.labels.value_counts import count_values
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
    conflicts
        Articles and categories about which rows of the file contradicted each other; what became of them was said.
    notes
        How marks were read that mean nothing by themselves, and columns that were left out.
    """

    annotator: str
    categories: dict[str, dict[str, int]]
    unmatched: int
    unreadable: int
    added: int
    conflicts: int
    notes: tuple[str, ...]


def import_labels(
    home: Home,
    settings: Settings,
    file: Path,
    only: Sequence[str] = (),
    annotator: str | None = None,
    reading: Reading | None = None,
    options: ReadOptions = AS_FOUND,
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
        ``editor:NAME``, ``import:FILE`` or ``llm:MODEL``; None: ``import:`` and the file's name.
    reading
        How its cells are read; None: as they are written.
    options
        How the file is read; what is left out is found in it.

    Raises
    ------
    PipelineError
        For a wrong annotator or a label column that is no category (exit code 2), a file without any or without a
        readable row, a cell that is not 1, 0 or blank or may be either, rows that contradict each other, or topics
        without a category. Nothing is written then.
    """
    call = ImportCall(file, only, annotator, reading or Reading(), options)
    who = f"import:{file.name}" if annotator is None else importer(annotator)
    stored = set(Articles(home.db).ids().to_pylist())
    table = read_label_table(file, settings.ingest.timezone, call.options)
    require_readable(table, call)
    of_articles = [(row.stored_id(stored), row) for row in table.rows]
    topics = call.reading.topics
    opinions, keys, notes = (
        topic_opinions(of_articles, settings.categories, call, topics)
        if topics
        else column_opinions(of_articles, settings.categories, call)
    )
    conflicts = conflicts_of(opinions)
    require_agreement(call, conflicts)
    values = without_conflicts(opinions, conflicts, call.reading.on_conflict)
    added = Labels(home.db).add(opinions_table([(*subject, value) for subject, value in values.items()]), who)
    articles = {article for article, _ in of_articles}
    counts = count_values(values, keys, len(articles))
    all_notes = (*reading_notes(table, call), *notes)
    return Imported(who, counts, len(articles - stored), len(table.unreadable), added, len(conflicts), all_notes)


def reading_notes(table: LabelTable, call: ImportCall) -> list[str]:
    """Say what the file was taken to be, and which option settles it if that is wrong."""
    command = replace(call, options=replace(call.options, encoding="NAME")).again()
    notes = []
    if table.notes.encoding != "utf-8" and not call.options.encoding:
        notes.append(f"{call.file}: read as {table.notes.encoding}; if that is wrong: {command}")
    if table.undecodable:
        notes.append(f"rows of another encoding: {table.undecodable}; if all of the file is: {command}")
    return notes
