"""Marks of a crawl's columns, settled by the cells read so far: a crawl is never held whole."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.labels.column_labels import dash_notes
from pipeline.labels.column_marks import PLUS, Settled, TwoReadingsError, known_marks, settle_marks
from pipeline.labels.import_call import ImportCall, value_option


class CrawlMarks:
    """What the marks in the label columns of one crawl mean.

    Parameters
    ----------
    call
        The import that would read them again.
    problems
        Where a mark that may be two things is named, once; it is unknown then.

    Attributes
    ----------
    settled
        Column → mark → what it means.
    """

    def __init__(self, call: ImportCall, problems: list[str]) -> None:
        self.settled: dict[str, Settled] = {}
        self._call, self._problems = call, problems
        self._marks: dict[str, set[str]] = {}
        self._unclear: set[tuple[str, str]] = set()

    def read(self, cells: Iterable[tuple[str, str]]) -> None:
        """Take in some columns' cells and settle every column again."""
        for name, cell in cells:
            self._marks.setdefault(name, set()).update(known_marks({cell}))
        for name, marks in self._marks.items():
            elsewhere = any(PLUS in others for other, others in self._marks.items() if other != name)
            self.settled[name] = self._settle(name, marks, plus_elsewhere=elsewhere)

    def notes(self) -> list[str]:
        """Say how dashes were read, with the command for the other reading; those that are problems were named."""
        clear = {
            name: {mark: value for mark, value in settled.items() if (name, mark) not in self._unclear}
            for name, settled in self.settled.items()
        }
        return dash_notes(clear, self._call)

    def _settle(self, name: str, marks: set[str], *, plus_elsewhere: bool) -> Settled:
        unknown: Settled = {}
        while True:  # a column may hold several marks of which nobody can tell what they mean
            try:
                return settle_marks(marks, unknown, plus_elsewhere=plus_elsewhere)
            except TwoReadingsError as unclear:
                unknown[unclear.mark] = None
                self._name_once(name, unclear)

    def _name_once(self, name: str, unclear: TwoReadingsError) -> None:
        if (name, unclear.mark) not in self._unclear:
            self._unclear.add((name, unclear.mark))
            command = self._call.anew(*value_option(unclear.mark, 0))
            how = f"it gave no label; say which: {command}"
            self._problems.append(f"{self._call.file.name}: column {name!r}: {unclear}; {how}")
