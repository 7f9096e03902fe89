"""Labels from one column per category: each column's marks are settled by all of its cells, then every cell is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.labels.column_marks import PLUS, Settled, TwoReadingsError, has_plus, settle_marks
from pipeline.labels.conflicts import CellOpinion
from pipeline.labels.import_call import ImportCall, value_option
from pipeline.labels.label_columns import Categories, column_names, label_columns, topic_columns_of
from pipeline.labels.label_rows import LabelRow
from pipeline.labels.values import HYPHEN, LONG_DASHES, LabelValueError, label_mark, label_value
from pipeline.setup.errors import PipelineError

NAMED = 5  # unknown words that the advice has an option for
LONGEST_WORD = 40  # characters; what is longer is a text and no word for yes or no
DASHES = (HYPHEN, *sorted(LONG_DASHES))


def column_opinions(
    rows: Sequence[tuple[str, LabelRow]], categories: Categories, call: ImportCall
) -> tuple[list[CellOpinion], list[str], list[str]]:
    """What the columns of categories say, the categories, and notes on how they were read.

    Parameters
    ----------
    rows
        Article and row.

    Raises
    ------
    PipelineError
        For a table whose columns or cells cannot be read in one way only.
    """
    table = [row for _, row in rows]
    columns = label_columns(table, categories, call)
    cells = {name: {row.cells.get(name, "") for row in table} for name in columns.values()}
    settled = {name: settle_column(name, cells, call) for name in cells}
    require_values(table, columns, settled, call)
    opinions = [
        CellOpinion(article, key, value, row.line)
        for article, row in rows
        for key, name in columns.items()
        if (value := label_value(row.cells.get(name, ""), settled[name])) is not None
    ]
    return opinions, list(columns), [*dash_notes(settled, call), *topic_notes(table, columns, categories, call)]


def settle_column(name: str, cells: Mapping[str, set[str]], call: ImportCall) -> Settled:
    """What the marks of a column mean.

    Raises
    ------
    PipelineError
        Where two readings are possible, with the commands that choose one.
    """
    elsewhere = any(has_plus(others) for other, others in cells.items() if other != name)
    try:
        return settle_marks(cells[name], call.reading.values, plus_elsewhere=elsewhere)
    except TwoReadingsError as unclear:
        command = call.again(*value_option(unclear.mark, 0))
        how = f"say which: {command} (or '{unclear.mark}=1', or '{unclear.mark}=?' for unknown)"
        raise PipelineError(f"{call.file}: column {name!r}: {unclear}; nothing was imported; {how}") from unclear


def require_values(
    rows: Sequence[LabelRow], columns: Mapping[str, str], settled: Mapping[str, Settled], call: ImportCall
) -> None:
    """Refuse cells that say nothing we understand: the first by its place, all words in the advice.

    Raises
    ------
    PipelineError
        With a command that says what they mean.
    """
    first, words = "", Counter[str]()
    for row in rows:
        for key, name in columns.items():
            cell = row.cells.get(name, "")
            try:
                label_value(cell, settled[name])
            except LabelValueError as error:
                first = first or f"{call.file}:{row.line}: {key} = {error}"
                words[label_mark(cell)] += 1
    if first:
        short = [word for word, _ in words.most_common() if len(word) <= LONGEST_WORD][:NAMED]
        options = [option for word in short for option in value_option(word, None)]
        more = f"; {words.total() - 1} more cells like it" if words.total() > 1 else ""
        how = f"; to read it as unknown (or as yes: =1, no: =0): {call.again(*options)}" if options else ""
        raise PipelineError(f"{first}; nothing was imported{more}{how}")


def dash_notes(settled: Mapping[str, Settled], call: ImportCall) -> list[str]:
    """Say how dashes were read, where nobody had said it."""
    notes = []
    for dash in (mark for mark in DASHES if mark not in call.reading.values):
        minus = [name for name, marks in settled.items() if marks.get(dash) == 0]
        blank = [name for name, marks in settled.items() if dash in marks and marks[dash] is None]
        notes += [f"'{dash}' was read as no in {', '.join(minus)}, where '{PLUS}' is yes"] if minus else []
        if blank:
            command = call.again(*value_option(dash, 0))
            notes.append(f"'{dash}' was read as unknown in {', '.join(blank)}; if it is a no: {command}")
    return notes


def topic_notes(
    rows: Sequence[LabelRow], columns: Mapping[str, str], categories: Categories, call: ImportCall
) -> list[str]:
    """Name the columns of topics that were left out."""
    names = [name for name in column_names(rows) if name not in columns.values()]
    return [
        f"column {name!r} names topics and was left out; to import it: {call.anew('--topic-column', name)}"
        for name in topic_columns_of(rows, names, categories)
    ]
