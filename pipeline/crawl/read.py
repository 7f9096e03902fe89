"""The one door to a crawl, whatever its format: a stream of rows, each an article or a reason why it is none."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.crawl.article import Assumed
from pipeline.crawl.check import check_file
from pipeline.crawl.read_csv import read_csv
from pipeline.crawl.read_jsonl import read_jsonl
from pipeline.crawl.read_tsv import read_tsv
from pipeline.crawl.rows import Row
from pipeline.crawl.zones import default_zone


def read_crawl(path: Path, timezone: str, *, source: str = "") -> Iterator[Row]:
    """Read a crawl; memory does not grow with the file.

    Parameters
    ----------
    path
        ``.tsv``, ``.csv``, ``.jsonl`` or ``.parquet``, each also with ``.gz``.
    timezone
        IANA name of the zone that dates without one are in: ``Europe/Moscow``.
    source
        The source of rows without one; empty: such rows are rejected.

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
    assumed = Assumed(timezone, source)
    match check_file(path):
        case ".tsv":
            return read_tsv(path, assumed)
        case ".csv":
            return read_csv(path, assumed)
        case ".jsonl":
            return read_jsonl(path, assumed)
        case ".parquet":
            from pipeline.crawl.read_parquet import read_parquet  # pyarrow costs what the others need not pay

            return read_parquet(path, assumed)
