"""The proposal for a column of topics: which category each may be, and the command that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.labels.import_call import ImportCall, Topics, topic_option
from pipeline.labels.label_columns import Categories, category_named
from pipeline.labels.values import fold
from pipeline.setup.errors import PipelineError


@dataclass(frozen=True)
class ProposedTopic:
    """A topic of the column.

    Parameters
    ----------
    topic
        As it is written first.
    articles
        Rows that have it.
    category
        The category that was typed for it, else the one that is named like it; None: it gives no label.
    settled
        Whether a person typed it.
    """

    topic: str
    articles: int
    category: str | None
    settled: bool


@dataclass(frozen=True)
class TopicProposal:
    """The topics of a column, the most frequent first, and the command that imports them as proposed."""

    column: str
    topics: tuple[ProposedTopic, ...]
    next: tuple[str, ...]


class UnsettledTopicsError(PipelineError):
    """Topics for which nobody said yet which category they are; ``proposal`` is what to show."""

    def __init__(self, message: str, proposal: TopicProposal) -> None:
        super().__init__(message)
        self.proposal = proposal


def require_settled(
    cells: Sequence[tuple[str, ...] | None], topics: Topics, categories: Categories, call: ImportCall
) -> None:
    """Stop with a proposal unless a person has said of every topic which category it is.

    Names that match are proposed and never taken: «Культура» of one newsroom is not that of another.

    Parameters
    ----------
    cells
        The topics of each row.

    Raises
    ------
    UnsettledTopicsError
        With the topics and the command that imports them as proposed.
    """
    proposed = propose(cells, topics, categories)
    unsettled = sum(not topic.settled for topic in proposed)
    if not unsettled or (topics.skip_others and topics.categories):
        return
    command = proposed_command(proposed, topics, call)
    count = f"{unsettled} topic{'s' if unsettled > 1 else ''}"
    message = f"{call.file}: nothing was imported: {count} of column {topics.column!r} without a category said for it"
    raise UnsettledTopicsError(
        f"{message}; as proposed: {command}", TopicProposal(topics.column, tuple(proposed), (command,))
    )


def propose(cells: Sequence[tuple[str, ...] | None], topics: Topics, categories: Categories) -> list[ProposedTopic]:
    """The topics with what was typed for them, else with the category that is named like them."""
    spellings = [topic for named in cells for topic in named or ()]
    counts = Counter(map(fold, spellings))
    first = {fold(topic): topic for topic in reversed(spellings)}
    typed = topics.categories
    return [
        ProposedTopic(first[name], articles, typed.get(name, category_named(name, categories)), name in typed)
        for name, articles in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def proposed_command(proposed: Sequence[ProposedTopic], topics: Topics, call: ImportCall) -> str:
    """The command that was typed, with an option for every topic that matches; the others give no label.

    Where none matches, a person has to put a category in for the most frequent one.
    """
    typed = replace(call, reading=replace(call.reading, topics=topics))
    more = [
        word
        for topic in proposed
        if topic.category and not topic.settled
        for word in topic_option(topic.topic, topic.category)
    ]
    if not more and not any(topic.category for topic in proposed):
        more = topic_option(proposed[0].topic, "CATEGORY")
    strangers = any(not (topic.settled or topic.category) for topic in proposed) and not topics.skip_others
    return typed.again(*more, *(["--skip-other-topics"] if strangers else []))
