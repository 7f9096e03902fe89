"""The call of an import: what a person said about a table, and the command that says it again with something more."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.crawl.options import AS_FOUND, ReadOptions
from pipeline.labels.values import ASKED

OnConflict = Literal["refuse", "skip", "last"]


@dataclass(frozen=True)
class Topics:
    """How a column of topics becomes labels.

    Parameters
    ----------
    column
        Its name.
    categories
        Topic → category; None: it is none of ours.
    skip_others
        Whether a topic that is not in ``categories`` gives no label; otherwise it stops the import.
    others_negative
        Whether an article of one topic is in no category of another one; otherwise that is unknown.
    """

    column: str
    categories: Mapping[str, str | None] = field(default_factory=dict)
    skip_others: bool = False
    others_negative: bool = False


@dataclass(frozen=True)
class Reading:
    """How the cells of a table are read.

    Parameters
    ----------
    values
        Mark → what it means, where the table has words of its own.
    on_conflict
        What becomes of two rows that contradict each other: ``refuse`` the file, ``skip`` both, or take the ``last``.
    topics
        The column that names categories; None: one column per category.
    """

    values: Mapping[str, int | None] = field(default_factory=dict)
    on_conflict: OnConflict = "refuse"
    topics: Topics | None = None


@dataclass(frozen=True)
class ImportCall:
    """An import as it was typed."""

    file: Path
    only: Sequence[str] = ()
    annotator: str | None = None
    reading: Reading = Reading()
    options: ReadOptions = AS_FOUND

    def again(self, *more: str) -> str:
        """The same command with more options, to be typed in a shell."""
        return self.anew(*self._flags(), *more)

    def anew(self, *flags: str) -> str:
        """A command that reads the same file in the same way, but for its labels with other options."""
        options = ["--encoding", self.options.encoding] if self.options.encoding else []
        for name, column in self.options.columns.items():
            options += ["--column", f"{name}={column}"]
        return shlex.join(["rubrika", "labels", "import", str(self.file), *options, *flags])

    def _flags(self) -> list[str]:
        flags = [word for key in self.only for word in ("--category", key)]
        flags += ["--annotator", self.annotator] if self.annotator else []
        for mark, value in self.reading.values.items():
            flags += value_option(mark, value)
        if self.reading.on_conflict != "refuse":
            flags += ["--on-conflict", self.reading.on_conflict]
        return flags + (topic_flags(self.reading.topics) if self.reading.topics else [])


def value_option(mark: str, value: int | None) -> list[str]:
    """The option that says what a cell means."""
    return ["--value", f"{mark}={ASKED if value is None else value}"]


def topic_flags(topics: Topics) -> list[str]:
    """The options that say how a column of topics becomes labels."""
    flags = ["--topic-column", topics.column]
    for topic, category in topics.categories.items():
        flags += topic_option(topic, category)
    flags += ["--skip-other-topics"] if topics.skip_others else []
    return flags + (["--others-negative"] if topics.others_negative else [])


def topic_option(topic: str, category: str | None) -> list[str]:
    """The option that says which category a topic is."""
    return ["--topic", f"{topic}={category or ''}"]
