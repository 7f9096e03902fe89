"""Cutting a JSON array, or objects written one after another, into its items without reading it whole.

A JSON library would give objects, but neither their text nor their line, which quarantine keeps, and would stop at the
first broken one. So brackets are counted here, and each item is parsed alone, as a line of JSON lines is.
"""

import re
from collections.abc import Generator, Iterator
from typing import BinaryIO, NamedTuple

from pipeline.crawl.article import Reason
from pipeline.crawl.files import MAX_RECORD

_CHUNK = 2**16
# Everything up to the next bracket outside a string; possessive, so that it is linear.
_PLAIN = re.compile(rb'(?:[^{}\[\]"]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_FIRST_KEY = re.compile(rb'\s*\{\s*("(?:[^"\\]++|\\.)*+")', re.DOTALL)
_BETWEEN = b" \t\r\n,"


class Item(NamedTuple):
    """An item of an array.

    Attributes
    ----------
    line
        The line it begins on, from 1.
    data
        Its bytes.
    broken
        Why it is not whole; None if it is.
    """

    line: int
    data: bytes
    broken: Reason | None


class Items:
    """The items of one array.

    Parameters
    ----------
    stream
        Open behind the array's opening bracket, or before the first of several objects.
    line
        The line on which that is.
    closed
        Whether there is no closing bracket to come.
    """

    def __init__(self, stream: BinaryIO, line: int, *, closed: bool) -> None:
        self._stream, self._line, self._closed = stream, line, closed
        self._buffer = bytearray()  # from the beginning of the item on
        self._scanned = self._depth = 0

    def __iter__(self) -> Iterator[Item]:
        """Give the items in order; what is between them and is none comes as a broken one."""
        ended = False
        while not ended and (chunk := self._stream.read(_CHUNK)):
            self._buffer += chunk
            ended = yield from self._whole_items()
            if not ended and len(self._buffer) > MAX_RECORD:
                yield from self._give_up("record too large")
        while not ended and self._depth and self._next_item():
            yield from self._give_up("broken JSON")
            ended = yield from self._whole_items()
        if not ended:
            yield from self._last()

    def _whole_items(self) -> Generator[Item, None, bool]:
        """Give what is complete in the buffer; return whether the array has ended."""
        while (place := self._next_bracket()) is not None:
            opens = self._buffer[place] in b"{["
            if not self._depth:
                yield from self._stray(place)
                place = 0
            self._scanned = place + 1
            self._depth += 1 if opens else -1
            if self._depth < 0:
                return True
            if not self._depth:
                yield Item(self._line, self._take(self._scanned), None)
        return False

    def _next_bracket(self) -> int | None:
        """Find the next bracket outside strings; None if it is not yet read."""
        match = _PLAIN.match(self._buffer, self._scanned)
        self._scanned = match.end() if match else self._scanned
        if self._scanned == len(self._buffer) or self._buffer[self._scanned] == ord('"'):
            return None
        return self._scanned

    def _stray(self, size: int) -> Iterator[Item]:
        line = self._line
        between = self._take(size)
        if between.strip(_BETWEEN):
            yield Item(line, between, "broken JSON")

    def _next_item(self) -> int | None:
        """Find the next object with the same first key as the one that does not end."""
        key = _FIRST_KEY.match(self._buffer)
        if key is None:
            return None
        boundary = re.compile(rb"[}\]]\s*,?\s*(?=\{\s*" + re.escape(key[1]) + rb"\s*:)")
        following = boundary.search(self._buffer, key.end())
        return following.end() if following else None

    def _give_up(self, reason: Reason) -> Iterator[Item]:
        """Let a broken item go and read on at the next."""
        line, kept, size = self._line, bytes(self._buffer[:MAX_RECORD]), self._next_item()
        if size is None:
            size = self._skip()
        else:
            kept, reason = kept[:size], "broken JSON"
        self._take(size)
        self._depth = self._scanned = 0
        yield Item(line, kept, reason)

    def _skip(self) -> int:
        """Read on, forgetting what was read, until an item begins; return the size of what belongs to none."""
        key = _FIRST_KEY.match(self._buffer)
        first = bytes(self._buffer[: key.end()]) if key else b""
        while chunk := self._stream.read(_CHUNK):
            self._line += self._buffer.count(b"\n", len(first), max(len(self._buffer) - _CHUNK, len(first)))
            self._buffer = bytearray(first + self._buffer[max(len(self._buffer) - _CHUNK, len(first)) :] + chunk)
            if (size := self._next_item()) is not None:
                return size
        return len(self._buffer)

    def _last(self) -> Iterator[Item]:
        rest, line = bytes(self._buffer), self._line
        if self._depth or not self._closed:
            yield Item(line, rest, "cut short")
        elif rest.strip(_BETWEEN):
            yield Item(line, rest, "broken JSON")

    def _take(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._line += data.count(b"\n")
        self._scanned -= min(size, self._scanned)
        return data
