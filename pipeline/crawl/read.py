"""The one door to a crawl, whatever its format: a stream of rows, each an article or a reason why it is none."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline.crawl.article import Assumed
from pipeline.crawl.check import Format, check_file
from pipeline.crawl.crawl_file import CrawlFile, chosen_of
from pipeline.crawl.date_habits import leaves_open, observe
from pipeline.crawl.dates import parse_date
from pipeline.crawl.notes import FileNotes
from pipeline.crawl.options import AS_FOUND, ReadOptions
from pipeline.crawl.read_json import read_json
from pipeline.crawl.read_table import read_table
from pipeline.crawl.rows import Accepted, Rejected, Row
from pipeline.crawl.zones import default_zone
from pipeline.setup.errors import PipelineError


class Crawl(Iterator[Row]):
    """The rows of one file, in its order, and what was found out about the file.

    Parameters
    ----------
    file
        The file.
    rows
        What its reader gives.

    Attributes
    ----------
    notes
        Of the file as a whole; complete when the rows are read.
    """

    def __init__(self, file: CrawlFile, rows: Iterator[Row]) -> None:
        self.notes: FileNotes = file.notes
        self._rows = _own_bytes(file, _not_empty(file, rows))

    def __next__(self) -> Row:
        return next(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return self._rows


def read_crawl(
    path: Path, timezone: str, *, source: str = "", titles_alone: bool = False, options: ReadOptions = AS_FOUND
) -> Crawl:
    """Read a crawl; memory does not grow with the file.

    Parameters
    ----------
    path
        Of a suffix that `check.Format` names, each also with ``.gz``: tables, JSON in any shape, parquet and feeds.
    timezone
        IANA name of the zone that dates without one are in: ``Europe/Moscow``.
    source
        The source of rows that have neither one nor an address; empty: such rows are rejected.
    titles_alone
        Whether rows with a title and no text are articles.
    options
        What a person said about the file; whatever is left out is found in it.

    Returns
    -------
    Crawl
        One row for every record.

    Raises
    ------
    PipelineError
        At once if there is no such file, it is of no known format, empty or binary, its encoding cannot be told, or
        `timezone` is unknown; at the first row if it has not the shape of its format or holds no rows at all; later
        if compressed data turns out to be damaged.
    """
    default_zone(timezone)
    assumed = Assumed(timezone, options.source or "", source, options.fetched_at, titles_alone=titles_alone)
    kind = check_file(path)
    file = CrawlFile(path, chosen=chosen_of(options.columns)) if _is_binary(kind) else CrawlFile.of_text(path, options)
    return Crawl(file, _as_its_dates_are(partial(_reader, kind, file, assumed), timezone))


def _is_binary(kind: Format) -> bool:
    return kind in (".parquet", ".xlsx", ".xml", ".rss", ".atom")


def _reader(kind: Format, file: CrawlFile, assumed: Assumed) -> Iterator[Row]:
    match kind:
        case ".json" | ".jsonl" | ".ndjson":
            return read_json(file, assumed)
        case ".xml" | ".rss" | ".atom":
            from pipeline.crawl.read_feed import read_feed  # only who needs a parser pays for its import

            return read_feed(file, assumed)
        case ".parquet":
            from pipeline.crawl.read_parquet import read_parquet

            return read_parquet(file, assumed)
        case ".xlsx":
            from pipeline.crawl.read_xlsx import read_xlsx

            return read_xlsx(file, assumed)
        case _:
            return read_table(file, assumed)


def _not_empty(file: CrawlFile, rows: Iterator[Row]) -> Iterator[Row]:
    first = next(rows, None)
    if first is None:
        raise PipelineError(f"{file.path}: it holds no rows, or only names of columns; export it again or name another")
    yield first
    yield from rows


def _own_bytes(file: CrawlFile, rows: Iterator[Row]) -> Iterator[Row]:
    """Give the quarantine the bytes that the file has, not the UTF-8 that was made of them."""
    if file.encoding == "utf-8" and not file.swapped:
        yield from rows
    for row in rows:
        yield Rejected(file.own(row.raw), row.line, row.reason) if isinstance(row, Rejected) else row


def _as_its_dates_are(read: Callable[[], Iterator[Row]], timezone: str) -> Iterator[Row]:
    """Read dates that are open to two readings as the file's others are written.

    The first such date has the whole file read once more, ahead; files without one, nearly all, are read once.
    """
    habits = None
    for row in read():
        if isinstance(row, Accepted) and leaves_open(raw := row.article.published_raw):
            habits = habits or observe(_dates(read()))
            moment = parse_date(raw, timezone, habits)
            yield replace(row, article=replace(row.article, published_at=moment))
        else:
            yield row


def _dates(rows: Iterator[Row]) -> Iterator[str]:
    return (row.article.published_raw for row in rows if isinstance(row, Accepted))
