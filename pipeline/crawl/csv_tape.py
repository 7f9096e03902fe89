"""The lines under a csv reader, kept until their record is settled: what a broken record took is read again."""

from collections import deque
from collections.abc import Iterator

from pipeline.crawl.csv_starts import Starts
from pipeline.crawl.files import MAX_LINES, MAX_RECORD, Line
from pipeline.crawl.quoting import hide_quotes


class TooLargeError(Exception):
    """A record did not end within `MAX_RECORD` bytes and `MAX_LINES` lines."""


class Tape:
    r"""An iterator of strings for ``csv.reader`` that remembers the lines of the current record.

    Parameters
    ----------
    lines
        The file's lines after its header.
    backslashed
        Whether ``\"`` stands for a quote.

    Attributes
    ----------
    taken
        The current record's lines.
    """

    def __init__(self, lines: Iterator[Line], *, backslashed: bool = False) -> None:
        self._lines = lines
        self._backslashed = backslashed
        self._again: deque[Line] = deque()
        self._size = 0
        self.taken: list[Line] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._next()
        self.taken.append(line)
        self._size += len(line.data)
        if self._size > MAX_RECORD or len(self.taken) > MAX_LINES or not line.whole:
            raise TooLargeError
        # The csv module refuses a bare "\r"; a vertical tab means nothing to it and a line break to `clean`.
        text = line.data.decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\v")
        return hide_quotes(text) if self._backslashed else text

    def forget(self) -> None:
        """Begin a new record."""
        self.taken = []
        self._size = 0

    def raw(self) -> bytes:
        """Return the current record's bytes."""
        return b"".join(line.data for line in self.taken)

    def rewind(self, starts: Starts) -> bool:
        """Give back the lines from the next one that begins a record; tell whether there was any."""
        for place in range(1, len(self.taken)):
            if starts.begin(self.taken[place].data):
                self._again.extendleft(reversed(self.taken[place:]))
                self.taken = self.taken[:place]
                return True
        return False

    def skip(self, starts: Starts) -> bytes:
        """Pass over the lines before the next one that begins a record; return their bytes, `MAX_RECORD` at most."""
        passed = bytearray()
        for line in iter(self._next_or_none, None):
            if starts.begin(line.data):
                self._again.appendleft(line)
                break
            passed += line.data[: MAX_RECORD - len(passed)]
        return bytes(passed)

    def _next(self) -> Line:
        return self._again.popleft() if self._again else next(self._lines)

    def _next_or_none(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)
