"""One file with all that is known of it before its first row: what a reader of any format is given."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.crawl.columns import Chosen, Columns, find_columns, is_header
from pipeline.crawl.encoding import BLOCK, MARKS, check_encoding, find_encoding, read_sample
from pipeline.crawl.files import GZIP_ERRORS, Line, broken_gzip, lines_of, open_bytes
from pipeline.crawl.hints import hint_of
from pipeline.crawl.notes import FileNotes
from pipeline.crawl.options import ReadOptions
from pipeline.crawl.transcode import Utf8Stream, own_bytes, to_utf8

_MOST_SHAPES = 256  # sets of names whose unused columns are noted; of JSON lines each may have its own


@dataclass(frozen=True, slots=True)
class CrawlFile:
    r"""A file, how its bytes become UTF-8 lines, and which of its columns were chosen.

    Attributes
    ----------
    path
        The file.
    encoding
        What its text is kept in.
    swapped
        Whether it ends lines with ``\r`` alone.
    chosen
        Field and name of the columns that a person chose.
    notes
        What its reader finds out about it as a whole.
    """

    path: Path
    encoding: str = "utf-8"
    swapped: bool = False
    chosen: Chosen = ()
    notes: FileNotes = field(default_factory=FileNotes)
    _shapes: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def of_text(cls, path: Path, options: ReadOptions) -> "CrawlFile":
        """Look at a text file's beginning.

        Raises
        ------
        PipelineError
            If its encoding cannot be told, or the one that was named is not known.
        """
        with closing(open_bytes(path)) as stream:
            sample = read_sample(stream)
        encoding = _named(options.encoding, sample) if options.encoding else find_encoding(path, sample)
        chosen = chosen_of(options.columns)
        swapped = _ends_in_cr(to_utf8(sample[:BLOCK], encoding), chosen)
        return cls(path, encoding, swapped, chosen, FileNotes(encoding))

    def stream(self) -> BinaryIO:
        r"""Open the file as UTF-8 with ``\n``; clean files come as they are."""
        stream = open_bytes(self.path)
        if self.encoding == "utf-8" and not self.swapped:
            return stream
        return cast(BinaryIO, io.BufferedReader(Utf8Stream(stream, self.encoding, swapped=self.swapped)))

    def lines(self) -> Iterator[Line]:
        """Stream the file's lines.

        Raises
        ------
        PipelineError
            If compressed data is damaged, when the damage is reached.
        """
        with closing(self.stream()) as stream:
            try:
                yield from lines_of(stream)
            except GZIP_ERRORS as error:
                raise broken_gzip(self.path, error) from error

    def head(self, size: int) -> Iterator[Line]:
        """Stream the lines of the first `size` bytes, the last of them whole."""
        for line in self.lines():
            yield line
            size -= len(line.data)
            if size < 0:
                return

    def columns(self, names: tuple[str, ...]) -> Columns:
        """Recognise columns, and note what the unused ones might be."""
        columns = find_columns(names, self.chosen)
        if names not in self._shapes and len(self._shapes) < _MOST_SHAPES:
            self._shapes.add(names)
            used = {columns.source, columns.title, columns.text, columns.date, columns.url, columns.fetched}
            unused = (name for place, name in enumerate(columns.names) if name and place not in used)
            self.notes.unused.update({name: hint_of(name, columns) for name in unused})
            counts = Counter(columns.names)
            self.notes.twice.update({name: None for name, count in counts.items() if name and count > 1})
        return columns

    def own(self, data: bytes) -> bytes:
        """Give back the file's own bytes of a part of its stream."""
        return own_bytes(data, self.encoding, swapped=self.swapped)


def chosen_of(columns: Mapping[str, str]) -> Chosen:
    """Return the chosen columns as what can be a key."""
    return tuple(columns.items())


def _named(name: str, sample: bytes) -> str:
    """Return a named encoding; of UTF-16 and UTF-32 without a byte order, the one that the file's mark gives."""
    encoding = check_encoding(name).removesuffix("-sig")
    marked = next((name for mark, name in MARKS.items() if sample.startswith(mark)), f"{encoding}-le")
    return marked if encoding in ("utf-16", "utf-32") else encoding


def _ends_in_cr(head: bytes, chosen: Chosen) -> bool:
    r"""Tell whether lines end with ``\r`` alone; an old Mac's table may hold ``\n`` within its quoted fields."""
    first = head.find(b"\r")
    before = head[:first]
    if first < 0 or b"\n" in before or head[first : first + 2] == b"\r\n":
        return False
    names = before.decode("utf-8", "replace").replace("\ufeff", "").replace('"', "")
    return b"\n" not in head or any(is_header(names.split(delimiter), chosen) for delimiter in ",;\t|")
