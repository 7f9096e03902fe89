"""Label columns: which columns of a table are categories, by key or by title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.labels.import_call import ImportCall
from pipeline.labels.label_rows import NOT_LABELS, LabelRow
from pipeline.labels.topic_cells import topic_columns
from pipeline.labels.values import fold, is_label_column
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import CATEGORY_KEY, Category

Categories = Mapping[str, Category]
INDEX = re.compile(r"(unnamed: \d+)?")  # what pandas calls the number of a row


def category_named(name: str, categories: Categories) -> str | None:
    """The category that a name means: its key in any case, else its title in any case and in any quotes."""
    folded = fold(name.strip(" «»\"'"))
    if folded in categories:
        return folded
    return next((key for key, category in categories.items() if fold(category.title) == folded), None)


def match_columns(names: Iterable[str], categories: Categories) -> dict[str, list[str]]:
    """Category → the columns that are named like it; more than one is for a person to settle."""
    columns: dict[str, list[str]] = {}
    for name in names:
        key = None if fold(name) in NOT_LABELS else category_named(name, categories)
        if key:
            columns.setdefault(key, []).append(name)
    return columns


def column_names(rows: Iterable[LabelRow]) -> list[str]:
    """Every column of a table that may hold labels; rows of JSON need not have the same."""
    names = dict.fromkeys(name for row in rows for name in row.cells)
    return [name for name in names if fold(name) not in NOT_LABELS and not INDEX.fullmatch(fold(name))]


def label_columns(rows: Sequence[LabelRow], categories: Categories, call: ImportCall) -> dict[str, str]:
    """Category → its column; a column of label values that is no category is refused.

    Raises
    ------
    PipelineError
        When a wanted category has no column, two columns are one category, or a column is none (exit code 2); when
        there is no label column at all.
    """
    names = column_names(rows)
    matched = match_columns(names, categories)
    existing = f"categories: {', '.join(categories) or 'none'}"
    missing = [key for key in call.only if key not in matched]
    if missing:
        listing = ", ".join(names)
        raise PipelineError(f"{call.file}: no label column {missing[0]!r}; columns: {listing}; {existing}", exit_code=2)
    wanted = {key: named for key, named in matched.items() if not call.only or key in call.only}
    for key, named in wanted.items():
        require_single(key, named, call.file)
    if not call.only:
        require_no_stranger(rows, [name for name in names if not category_named(name, categories)], existing, call.file)
    if not wanted:
        how = topic_advice(rows, names, categories, call)
        raise PipelineError(f"{call.file}: no label columns; columns: {', '.join(names)}; {existing}{how}")
    return {key: name for key, [name] in wanted.items()}


def require_single(key: str, names: Sequence[str], file: Path) -> None:
    """Refuse two columns for one category."""
    if len(names) > 1:
        listing = " and ".join(repr(name) for name in names)
        raise PipelineError(f"{file}: columns {listing} are both category {key!r}; rename or remove one", exit_code=2)


def require_no_stranger(rows: Sequence[LabelRow], names: Sequence[str], existing: str, file: Path) -> None:
    """Refuse a column of label values that is no category: its labels would be lost without a word."""
    for name in names:
        if is_label_column({row.cells.get(name, "") for row in rows}):
            key, title = (name.lower(), "TITLE") if re.fullmatch(CATEGORY_KEY, name.lower()) else ("KEY", repr(name))
            raise PipelineError(
                f"{file}: column {name!r} is not a category; {existing}; "
                f"add it with: rubrika category add {key} --title {title}, or choose columns with --category",
                exit_code=2,
            )


def topic_advice(rows: Sequence[LabelRow], names: Sequence[str], categories: Categories, call: ImportCall) -> str:
    """The command for a table whose categories stand in the cells of a column."""
    columns = topic_columns_of(rows, names, categories)
    if not columns:
        return ""
    return f"; column {columns[0]!r} names topics; to import it: {call.anew('--topic-column', columns[0])}"


def topic_columns_of(rows: Iterable[LabelRow], names: Sequence[str], categories: Categories) -> list[str]:
    """The columns, among some, whose cells name topics, the likeliest first."""
    table = list(rows)
    cells = {name: [row.cells.get(name, "") for row in table] for name in names}
    return topic_columns(cells, lambda topic: category_named(topic, categories) is not None)
