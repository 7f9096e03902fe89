"""Labels in a crawl: taken along while it is read; what cannot be read is named, not guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.crawl.rows import Accepted
from pipeline.labels.conflicts import CellOpinion, Conflict
from pipeline.labels.crawl_marks import CrawlMarks
from pipeline.labels.import_call import ImportCall
from pipeline.labels.label_columns import Categories, column_names, match_columns, topic_columns_of
from pipeline.labels.label_rows import article_row
from pipeline.labels.values import LabelValueError, label_value

Opinions = list[tuple[str, str, int]]  # article, category, 1 or 0


class CrawlLabels:
    """The labels of one crawl, taken a group of rows at a time.

    A crawl is never held whole, so a column's marks are settled by the cells read so far, and where rows contradict
    each other the first one stands.

    Parameters
    ----------
    call
        The import that would read the crawl's labels again; its file is the crawl, as it was named.
    categories
        Those of the settings.

    Attributes
    ----------
    problems
        Cells that gave no label although they are not blank, each with its place and what to do.
    next
        Commands that import what a crawl cannot give by itself: columns of topics.
    """

    def __init__(self, call: ImportCall, categories: Categories) -> None:
        self.problems: list[str] = []
        self.next: dict[str, None] = {}
        self._call, self._file, self._categories = call, call.file, categories
        self._first: dict[tuple[str, str], CellOpinion] = {}
        self._columns: dict[tuple[str, ...], dict[str, str]] = {}
        self._looked = False
        self._marks = CrawlMarks(call, self.problems)

    def opinions(self, rows: Sequence[Accepted]) -> Opinions:
        """Take the labels of some rows."""
        columns = [self._columns_of(row) for row in rows]
        self._next_for(rows)
        self._marks.read(
            (name, row.labels[name]) for row, named in zip(rows, columns, strict=True) for name in named.values()
        )
        taken = []
        for row, named in zip(rows, columns, strict=True):
            for opinion in self._cells(row, named):
                earlier = self._first.setdefault((opinion.article_id, opinion.category), opinion)
                if earlier.value == opinion.value:
                    taken.append((opinion.article_id, opinion.category, opinion.value))
                else:
                    self.problems.append(f"{self._file.name}: {Conflict(earlier, opinion)}; the first stands")
        return taken

    @property
    def columns(self) -> set[str]:
        """The columns whose cells are labels."""
        return {name for columns in self._columns.values() for name in columns.values()}

    def notes(self) -> list[str]:
        """Say how dashes were read, with the command for the other reading."""
        return [f"{self._file.name}: {note}" for note in self._marks.notes()]

    def _cells(self, row: Accepted, columns: Mapping[str, str]) -> Iterator[CellOpinion]:
        for key, name in columns.items():
            try:
                value = label_value(row.labels[name], self._marks.settled[name])
            except LabelValueError as error:
                self.problems.append(f"{self._file.name}:{row.line}: {key} = {error}")
                continue
            if value is not None:
                yield CellOpinion(row.article.id, key, value, row.line)

    def _columns_of(self, row: Accepted) -> dict[str, str]:
        """Category → column; rows of JSON need not have the same columns."""
        names = tuple(row.labels)
        if names not in self._columns:
            matched = match_columns(names, self._categories)
            for key, several in matched.items():
                if len(several) > 1:
                    listing = " and ".join(map(repr, several))
                    self.problems.append(f"{self._file.name}:{row.line}: columns {listing} are both category {key!r}")
            self._columns[names] = {key: several[0] for key, several in matched.items() if len(several) == 1}
        return self._columns[names]

    def _next_for(self, rows: Sequence[Accepted]) -> None:
        """Name the columns of topics in the first rows; one look is enough."""
        if self._looked:
            return
        self._looked = True
        labelled = [article_row(row) for row in rows]
        names = [name for name in column_names(labelled) if name not in self.columns]
        for name in topic_columns_of(labelled, names, self._categories):
            self.next[self._call.anew("--topic-column", name)] = None
