"""Labels from a column of topics: the mapping to categories is proposed, shown, and used once a person has typed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.labels.conflicts import CellOpinion
from pipeline.labels.import_call import ImportCall, Topics, import_command, topic_option
from pipeline.labels.label_columns import Categories, category_named, column_names, match_columns
from pipeline.labels.label_rows import LabelRow
from pipeline.labels.topic_cells import topics_of
from pipeline.labels.values import fold
from pipeline.setup.errors import PipelineError


@dataclass(frozen=True)
class Topic:
    """A topic of the column, its articles, the category that is proposed for it (None: none is named like it)."""

    topic: str
    articles: int
    category: str | None
    settled: bool


@dataclass(frozen=True)
class TopicProposal:
    """The topics of a column, the most frequent first, and the command that imports them as proposed."""

    column: str
    topics: tuple[Topic, ...]
    next: tuple[str, ...]


class UnsettledTopicsError(PipelineError):
    """Topics for which nobody said yet which category they are."""

    def __init__(self, message: str, proposal: TopicProposal) -> None:
        super().__init__(message)
        self.proposal = proposal


def topic_opinions(
    rows: Sequence[tuple[str, LabelRow]], categories: Categories, call: ImportCall, topics: Topics
) -> tuple[list[CellOpinion], list[str], list[str]]:
    """What a column of topics says, the categories that it can say something of, and notes on what was left out.

    An article's topics are positive. Of its other categories nothing is known, unless a person said that they are
    negative, and then only of those that the column can name at all.

    Parameters
    ----------
    rows
        Article and row.

    Raises
    ------
    PipelineError
        For a column or a category that is not there (exit code 2).
    UnsettledTopicsError
        When a topic has no category yet.
    """
    column = topic_column([row for _, row in rows], call, topics.column)
    given = given_categories(topics, categories)
    cells = [(article, row.line, cell_topics(row.cells.get(column, ""), given, categories)) for article, row in rows]
    counts = Counter(fold(topic) for _, _, found in cells for topic in found or ())
    spelled = {fold(topic): topic for _, _, found in reversed(cells) for topic in found or ()}
    require_settled(replace(topics, column=column), given, counts, spelled, categories, call)
    targets = [key for key in categories if key in given.values() and (not call.only or key in call.only)]
    opinions = [
        opinion
        for article, line, found in cells
        if found is not None
        for opinion in opinions_of(article, line, {given.get(fold(topic)) for topic in found}, targets, topics)
    ]
    return opinions, targets, [*absent_notes(given, counts), *column_notes([row for _, row in rows], categories, call)]


def absent_notes(given: Mapping[str, str | None], counts: Mapping[str, int]) -> list[str]:
    """Name the topics that were typed and that no row has."""
    return [f"no row has the topic {topic!r}" for topic in given if topic not in counts]


def column_notes(rows: Sequence[LabelRow], categories: Categories, call: ImportCall) -> list[str]:
    """Name the columns of categories that were left out."""
    names = [name for several in match_columns(column_names(rows), categories).values() for name in several]
    how = import_command(call.file)
    return [f"columns of categories were left out: {', '.join(names)}; to import them: {how}"] if names else []


def topic_column(rows: Sequence[LabelRow], call: ImportCall, name: str) -> str:
    """The column that is called so, in any case."""
    names = column_names(rows)
    for column in names:
        if fold(column) == fold(name):
            return column
    raise PipelineError(f"{call.file}: no column {name!r}; columns: {', '.join(names)}", exit_code=2)


def given_categories(topics: Topics, categories: Categories) -> dict[str, str | None]:
    """Topic → category as a person said it, by key or by title."""
    given: dict[str, str | None] = {}
    for topic, name in topics.categories.items():
        given[topic] = category_named(name, categories) if name else None
        if name and given[topic] is None:
            known = ", ".join(categories) or "none"
            raise PipelineError(f"--topic {topic}={name}: no category {name!r}; there are: {known}", exit_code=2)
    return given


def cell_topics(cell: str, given: Mapping[str, str | None], categories: Categories) -> tuple[str, ...] | None:
    """A cell's topics; what a person or a title calls one topic is one, whatever commas are in it."""
    return topics_of(cell, lambda text: fold(text) in given or category_named(text, categories) is not None)


def require_settled(
    topics: Topics,
    given: Mapping[str, str | None],
    counts: Mapping[str, int],
    spelled: Mapping[str, str],
    categories: Categories,
    call: ImportCall,
) -> None:
    """Stop with a proposal unless a person has said of every topic which category it is."""
    unsettled = [topic for topic in counts if topic not in given]
    if not unsettled or (topics.skip_others and given):
        return
    order = sorted(counts, key=lambda topic: (-counts[topic], topic))
    shown = tuple(
        Topic(spelled[topic], counts[topic], given.get(topic, category_named(topic, categories)), topic in given)
        for topic in order
    )
    typed = ImportCall(call.file, call.only, call.annotator, replace(call.reading, topics=topics))
    more = [word for one in shown if one.category and not one.settled for word in topic_option(one.topic, one.category)]
    more += ["--skip-other-topics"] if any(not (one.settled or one.category) for one in shown) else []
    command = typed.again(*more)
    count = f"{len(unsettled)} topic{'s' if len(unsettled) > 1 else ''}"
    message = f"{call.file}: nothing was imported: {count} of column {topics.column!r} without a category said for it"
    raise UnsettledTopicsError(f"{message}; as proposed: {command}", TopicProposal(topics.column, shown, (command,)))


def opinions_of(
    article: str, line: int, named: set[str | None], targets: Sequence[str], topics: Topics
) -> list[CellOpinion]:
    """One cell's opinions."""
    return [
        CellOpinion(article, key, int(key in named), line) for key in targets if key in named or topics.others_negative
    ]
