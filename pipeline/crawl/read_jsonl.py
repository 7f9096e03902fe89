"""Crawls of one JSON object a line."""

import json
from collections.abc import Iterator

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import find_columns, require_chosen, require_text
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.files import Line
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.crawl.values import to_string

_HEAD = 2**20  # bytes in which the first text must come


def read_jsonl(file: CrawlFile, assumed: Assumed) -> Iterator[Row]:
    """Read JSON lines.

    Parameters
    ----------
    file
        Objects with the keys of `names.FIELD_NAMES` and any others.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every line that is not blank.

    Raises
    ------
    PipelineError
        If no object in the first megabyte has a text key.
    """
    _check_columns(file, assumed)
    for line in file.lines():
        if line.data.strip():
            yield _row(line, file, assumed)


def _check_columns(file: CrawlFile, assumed: Assumed) -> None:
    """Refuse a file in whose first megabyte there are objects and none has a text."""
    names: dict[str, None] = {}
    size = 0
    for line in file.lines():
        record = _load(line)
        names.update(dict.fromkeys(record if isinstance(record, dict) else ()))
        size += len(line.data)
        if find_columns(tuple(names), file.chosen).text is not None or size > _HEAD:
            return
    if names:
        require_chosen(columns := find_columns(tuple(names), file.chosen), file.path, file.chosen)
        if not (assumed.titles_alone and columns.title is not None):
            require_text(columns, file.path)


def _load(line: Line) -> dict[str, object] | Rejected:
    if not line.whole:
        return Rejected(line.data, line.number, "record too large")
    try:
        record = json.loads(line.data.decode("utf-8"))
    except UnicodeDecodeError:
        return Rejected(line.data, line.number, "undecodable bytes")
    except (ValueError, RecursionError):  # ValueError: also a number of thousands of digits
        return Rejected(line.data, line.number, "broken JSON")
    return record if isinstance(record, dict) else Rejected(line.data, line.number, "broken JSON")


def _row(line: Line, file: CrawlFile, assumed: Assumed) -> Row:
    record = _load(line)
    if isinstance(record, Rejected):
        return record
    columns = file.columns(tuple(record))
    values = list(record.values())
    return judge(columns, [to_string(value) for value in values], line.data, line.number, assumed, values)
