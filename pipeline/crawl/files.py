"""A crawl's file as a stream of lines: opened, checked and cut so that no file, however broken, fills the memory."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from pipeline.setup.errors import PipelineError

MAX_RECORD = 8 * 2**20  # bytes; news is below 100 kB, and one record has to fit in memory several times
MAX_LINES = 100_000  # in a record whose lines have to be kept apart
_PIECE = 2**16
_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    r"""A line of a file.

    Attributes
    ----------
    number
        From 1.
    data
        Its bytes with the line break.
    whole
        False if the line was longer than `MAX_RECORD` and `data` is only its beginning.
    """

    number: int
    data: bytes
    whole: bool


def is_gzip(path: Path) -> bool:
    """Tell by its name whether a file is compressed."""
    return path.suffix.lower() == ".gz"


def open_bytes(path: Path) -> BinaryIO:
    """Open a file, decompressing what is called ``.gz``.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    BinaryIO
        To be closed by the caller.
    """
    return cast(BinaryIO, gzip.open(path, "rb") if is_gzip(path) else path.open("rb"))


def broken_gzip(path: Path, error: Exception) -> PipelineError:
    """Say in one line what is wrong with a compressed file."""
    if isinstance(error, gzip.BadGzipFile):
        return PipelineError(f"{path}: not a gzip file ({error}); rename it without .gz or compress it again")
    return PipelineError(f"{path}: the gzip data is damaged or cut short ({error}); fetch or compress the file again")


GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)


def lines_of(stream: BinaryIO) -> Iterator[Line]:
    r"""Cut a stream into lines, without its byte order mark.

    Parameters
    ----------
    stream
        UTF-8 that may be broken.

    Yields
    ------
    Line
        Lines end with ``\n``; of one longer than `MAX_RECORD` only the beginning is kept.
    """
    number = 0
    while data := stream.readline(MAX_RECORD):
        number += 1
        whole = data.endswith(b"\n") or not _skip_line(stream, len(data))
        yield Line(number, data.removeprefix(_BOM) if number == 1 else data, whole)


def _skip_line(stream: BinaryIO, read: int) -> bool:
    """Read on to the end of a line of which `read` bytes are taken; tell whether more than the line break was left."""
    if read < MAX_RECORD:
        return False
    piece = stream.readline(_PIECE)
    longer = bool(piece.strip())
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(_PIECE)
        longer = True
    return longer
