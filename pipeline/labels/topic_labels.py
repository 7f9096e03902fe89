"""Labels from a column of topics, once a person has said which category each topic is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.labels.conflicts import CellOpinion
from pipeline.labels.import_call import ImportCall, Topics
from pipeline.labels.label_columns import Categories, category_named, column_names, match_columns
from pipeline.labels.label_rows import LabelRow
from pipeline.labels.topic_cells import topics_of
from pipeline.labels.topic_proposal import require_settled
from pipeline.labels.values import fold
from pipeline.setup.errors import PipelineError


def topic_opinions(
    rows: Sequence[tuple[str, LabelRow]], categories: Categories, call: ImportCall, typed: Topics
) -> tuple[list[CellOpinion], list[str], list[str]]:
    """What a column of topics says, the categories that it can say something of, and notes on what was left out.

    An article's topics are positive. Of its other categories nothing is known, unless a person said that they are
    negative, and then only of those that the column can name at all. An empty list is an answer, a blank cell is none.

    Parameters
    ----------
    rows
        Article and row.
    typed
        How a person wants the column to be read.

    Raises
    ------
    PipelineError
        For a column or a category that is not there (exit code 2).
    UnsettledTopicsError
        When a topic has no category yet.
    """
    table = [row for _, row in rows]
    column = topic_column(table, call, typed.column)
    given = given_categories(typed, categories)
    topics = replace(typed, column=column, categories=given)
    cells = [cell_topics(row.cells.get(column, ""), given, categories) for row in table]
    require_settled(cells, topics, categories, call)
    targets = [key for key in categories if key in given.values() and (not call.only or key in call.only)]
    opinions = [
        opinion
        for (article, row), named in zip(rows, cells, strict=True)
        if named is not None
        for opinion in row_opinions(article, row.line, {given.get(fold(topic)) for topic in named}, targets, topics)
    ]
    return opinions, targets, [*absent_notes(given, cells), *column_notes(table, categories, call)]


def topic_column(rows: Sequence[LabelRow], call: ImportCall, name: str) -> str:
    """The column that is called so, in any case."""
    names = column_names(rows)
    for column in names:
        if fold(column) == fold(name):
            return column
    raise PipelineError(f"{call.file}: no column {name!r}; columns: {', '.join(names)}", exit_code=2)


def given_categories(topics: Topics, categories: Categories) -> dict[str, str | None]:
    """Topic → category as a person typed it, by key or by title."""
    given: dict[str, str | None] = {}
    for topic, name in topics.categories.items():
        given[topic] = category_named(name, categories) if name else None
        if name and given[topic] is None:
            existing = ", ".join(categories) or "none"
            raise PipelineError(f"--topic {topic}={name}: no category {name!r}; there are: {existing}", exit_code=2)
    return given


def cell_topics(cell: str, given: Mapping[str, str | None], categories: Categories) -> tuple[str, ...] | None:
    """A cell's topics; what a person or a title calls one topic is one, whatever commas are in it."""
    return topics_of(cell, lambda text: fold(text) in given or category_named(text, categories) is not None)


def row_opinions(
    article: str, line: int, named: set[str | None], targets: Sequence[str], topics: Topics
) -> list[CellOpinion]:
    """One row's opinions; ``named`` are the categories of its topics, None for a topic that is none of ours."""
    return [
        CellOpinion(article, key, int(key in named), line) for key in targets if key in named or topics.others_negative
    ]


def absent_notes(given: Mapping[str, str | None], cells: Sequence[tuple[str, ...] | None]) -> list[str]:
    """Name the topics that were typed and that no row has."""
    present = {fold(topic) for topics in cells for topic in topics or ()}
    return [f"no row has the topic {topic!r}" for topic in given if topic not in present]


def column_notes(rows: Sequence[LabelRow], categories: Categories, call: ImportCall) -> list[str]:
    """Name the columns of categories that were left out."""
    names = [name for several in match_columns(column_names(rows), categories).values() for name in several]
    how = call.anew()
    return [f"columns of categories were left out: {', '.join(names)}; to import them: {how}"] if names else []
