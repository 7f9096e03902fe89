"""One record of a tab-separated crawl while its lines come in: how finished it looks, and where it may be cut."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from pipeline.crawl.article import Reason
from pipeline.crawl.files import MAX_RECORD, Line
from pipeline.crawl.layout import Layout
from pipeline.crawl.sources import is_date

_LONGEST_DATE = 100  # bytes


class RecordEnd(IntEnum):
    """How much the end of a record looks like one."""

    OPEN = 0
    ODD = 1  # the last field is short but no date
    EMPTY = 2
    DATE = 3


@dataclass(frozen=True, slots=True)
class Framed:
    """A record cut out of its file.

    Attributes
    ----------
    raw
        Its bytes.
    line
        The line it begins on, from 1.
    broken
        Why it has not all its fields; None if it has.
    sure
        Whether it ends as records should, with a date or an empty field in its place.
    """

    raw: bytes
    line: int
    broken: Reason | None
    sure: bool


@dataclass(slots=True)
class OpenRecord:
    """A record that may go on.

    Attributes
    ----------
    lines
        How many lines it has.
    ended
        How finished it is. What was finished once stays so, lest garbage after it hide the next record; and what has
        not even a source counts as finished, for nothing good can come of it.
    """

    layout: Layout
    number: int
    lines: int = 0
    ended: RecordEnd = RecordEnd.OPEN
    _raw: bytearray = field(default_factory=bytearray)
    _tabs: int = 0
    _tail: list[bytes | None] = field(default_factory=list)
    _finished: tuple[int, int] = (0, 0)  # how many lines and bytes it had when it last was finished
    _too_large: bool = False

    def add(self, line: Line, body: bytes) -> None:
        """Take in the next line; `body` is its data without the line break."""
        self.lines += 1
        if not line.whole or len(self._raw) + len(body) > MAX_RECORD:
            self._too_large = True
            self.ended = RecordEnd.EMPTY
        if len(self._raw) < MAX_RECORD:
            self._raw += line.data[: MAX_RECORD - len(self._raw)]
        if body and not self._too_large:
            self._follow(body)

    def close(self) -> Iterator[Framed]:
        """Give the record; if it was finished and then went on without an end, its finished part and the rest apart."""
        reason: Reason = "record too large" if self._too_large else "wrong number of fields"
        end = RecordEnd.OPEN if self._too_large else self._end()
        lines, size = self._finished
        if end > RecordEnd.ODD or (end == RecordEnd.ODD and not lines):
            yield Framed(bytes(self._raw), self.number, None, end > RecordEnd.ODD)
            return
        if lines:
            yield Framed(bytes(self._raw[:size]), self.number, None, True)
        rest = bytes(self._raw[size:])
        if rest.strip():
            yield Framed(rest, self.number + lines, reason, False)

    def _follow(self, body: bytes) -> None:
        first, *rest = body.rsplit(b"\t", self.layout.after)
        going_on: list[bytes | None] = [*self._tail[:-1], None] if self.lines > 1 else [first]
        self._tail = [*going_on, *rest][-max(self.layout.after, 1) :]
        self._tabs += body.count(b"\t")
        end = self._end()
        if end >= RecordEnd.EMPTY:
            self._finished = self.lines, len(self._raw)
        if self._tabs or self.layout.source is None:
            self.ended = max(end, RecordEnd.EMPTY) if self._finished[0] else end
        else:
            self.ended = RecordEnd.DATE

    def _end(self) -> RecordEnd:
        """Judge the field where the date belongs; None there is a field of several lines, which is no date."""
        if self._tabs < self.layout.before + self.layout.after:
            return RecordEnd.OPEN
        if self.layout.date is None:
            return RecordEnd.EMPTY
        date = self._tail[self.layout.date]
        if date is None or len(date) > _LONGEST_DATE:
            return RecordEnd.OPEN
        if not date.strip():
            return RecordEnd.EMPTY
        return RecordEnd.DATE if is_date(date.strip()) else RecordEnd.ODD
