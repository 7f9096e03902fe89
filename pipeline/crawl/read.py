"""The one door to a crawl, whatever its format: a stream of rows, each an article or a reason why it is none."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.crawl.article import Assumed
from pipeline.crawl.check import Format, check_file
from pipeline.crawl.date_habits import leaves_open, observe
from pipeline.crawl.dates import parse_date
from pipeline.crawl.options import NO_OPTIONS, ReadOptions
from pipeline.crawl.read_csv import read_csv
from pipeline.crawl.read_json import read_json
from pipeline.crawl.read_tsv import read_tsv
from pipeline.crawl.rows import Accepted, Row
from pipeline.crawl.zones import default_zone

Reader = Callable[[Path, Assumed], Iterator[Row]]


def read_crawl(path: Path, timezone: str, *, source: str = "", options: ReadOptions = NO_OPTIONS) -> Iterator[Row]:
    """Read a crawl; memory does not grow with the file.

    Parameters
    ----------
    path
        ``.tsv``, ``.csv``, ``.json``, ``.jsonl``, ``.ndjson``, ``.parquet``, or a feed called ``.xml``, ``.rss`` or
        ``.atom``; each also with ``.gz``.
    timezone
        IANA name of the zone that dates without one are in: ``Europe/Moscow``.
    source
        The source of rows without one; empty: such rows are rejected.
    options
        What a person says about the file.

    Returns
    -------
    Iterator of Row
        One row for every record, in the file's order.

    Raises
    ------
    PipelineError
        At once if there is no such file, it is of no known format, empty or binary, or `timezone` is unknown; at the
        first row if it has not the shape of its format; later if compressed data turns out to be damaged.
    """
    default_zone(timezone)
    return _as_its_dates_are(_reader(check_file(path)), path, Assumed(timezone, source, options.fetched_at))


def _reader(suffix: Format) -> Reader:
    match suffix:
        case ".tsv":
            return read_tsv
        case ".csv":
            return read_csv
        case ".json" | ".jsonl" | ".ndjson":
            return read_json
        case ".xml" | ".rss" | ".atom":
            from pipeline.crawl.read_feed import read_feed  # as with parquet: only who needs it pays for the import

            return read_feed
        case ".parquet":
            from pipeline.crawl.read_parquet import read_parquet

            return read_parquet


def _as_its_dates_are(read: Reader, path: Path, assumed: Assumed) -> Iterator[Row]:
    """Read dates that are open to two readings as the file's others are written.

    The first such date has the whole file read once more, ahead; files without one, nearly all, are read once.
    """
    habits = None
    for row in read(path, assumed):
        if isinstance(row, Accepted) and leaves_open(raw := row.article.published_raw):
            habits = habits or observe(_dates(read(path, assumed)))
            moment = parse_date(raw, assumed.timezone, habits)
            yield replace(row, article=replace(row.article, published_at=moment))
        else:
            yield row


def _dates(rows: Iterator[Row]) -> Iterator[str]:
    return (row.article.published_raw for row in rows if isinstance(row, Accepted))
