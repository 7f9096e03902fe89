"""Any encoding and any line ends as the UTF-8 lines that the readers know, and back to the file's own bytes."""

import codecs
import io
import re
from typing import BinaryIO

_PIECE = 2**16  # characters
_SWAP = bytes.maketrans(b"\r\n", b"\n\r")  # its own reverse
_ESCAPES = "rubrika.bytes"  # ``surrogateescape`` for every codec: Python's own refuses UTF-16 and bytes below 128


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Carry bytes that are no character as lone surrogates, which are no UTF-8 either: their row is rejected."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_ESCAPES, _escape)
_ESCAPED = re.compile("([\udc00-\udcff]+)")


class Utf8Stream(io.RawIOBase):
    r"""A file in another encoding as a stream of UTF-8, with ``\n`` where it ends lines with ``\r``.

    Parameters
    ----------
    stream
        The file's bytes; closed with this stream.
    encoding
        A codec that Python knows, without a byte order mark of its own.
    swapped
        Whether ``\r`` and ``\n`` change places, as files of old Macs need: there ``\n`` stands inside fields.
    """

    def __init__(self, stream: BinaryIO, encoding: str, *, swapped: bool) -> None:
        # newline="\n" leaves every line break as it is
        self._text = io.TextIOWrapper(stream, encoding, _ESCAPES, newline="\n")
        self._swapped = swapped
        self._rest = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # BufferedReader passes a memoryview
        """Fill a buffer with UTF-8."""
        self._rest = self._rest or self._next()
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def close(self) -> None:
        """Close the file."""
        self._text.close()
        super().close()

    def _next(self) -> bytes:
        piece = self._text.read(_PIECE).encode("utf-8", "surrogatepass")
        return piece.translate(_SWAP) if self._swapped else piece


def to_utf8(data: bytes, encoding: str) -> bytes:
    """Transcode the beginning of a file, which may end within a character."""
    return codecs.getincrementaldecoder(encoding)(_ESCAPES).decode(data).encode("utf-8", "surrogatepass")


def own_bytes(data: bytes, encoding: str, *, swapped: bool) -> bytes:
    """Give back the bytes that a file had before `Utf8Stream` made UTF-8 of them.

    Parameters
    ----------
    data
        UTF-8, possibly cut within a character.
    encoding, swapped
        As the stream had them.

    Returns
    -------
    bytes
        The file's own, in its encoding and with its line ends.
    """
    if swapped:
        data = data.translate(_SWAP)
    if encoding == "utf-8":
        return data
    # a character that is cut at the end is left out
    text = codecs.getincrementaldecoder("utf-8")("surrogatepass").decode(data)
    parts = _ESCAPED.split(text)  # every second one is escaped
    own = (
        bytes(ord(sign) - 0xDC00 for sign in part) if place % 2 else part.encode(encoding)
        for place, part in enumerate(parts)
    )
    return b"".join(own)
