"""Crawls of one JSON object a line."""

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import find_columns, require_text
from pipeline.crawl.files import Line, read_lines
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.crawl.values import to_string

_HEAD = 2**20  # bytes in which the first text must come


def read_jsonl(path: Path, assumed: Assumed) -> Iterator[Row]:
    """Read JSON lines.

    Parameters
    ----------
    path
        Objects with the keys of `columns.KNOWN_NAMES` and any others.
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
    _check_columns(path)
    for line in read_lines(path):
        if line.data.strip():
            yield _row(line, assumed)


def _check_columns(path: Path) -> None:
    """Refuse a file in whose first megabyte there are objects and none has a text."""
    names: dict[str, None] = {}
    size = 0
    for line in read_lines(path):
        found = _load(line)
        names.update(dict.fromkeys(found if isinstance(found, dict) else ()))
        size += len(line.data)
        if find_columns(tuple(names)).text is not None or size > _HEAD:
            return
    if names:
        require_text(find_columns(tuple(names)), path)


def _load(line: Line) -> dict[str, object] | Rejected:
    if not line.whole:
        return Rejected(line.data, line.number, "record too large")
    try:
        found = json.loads(line.data.decode("utf-8"))
    except UnicodeDecodeError:
        return Rejected(line.data, line.number, "undecodable bytes")
    except (ValueError, RecursionError):  # ValueError: also a number of thousands of digits
        return Rejected(line.data, line.number, "broken JSON")
    return found if isinstance(found, dict) else Rejected(line.data, line.number, "broken JSON")


def _row(line: Line, assumed: Assumed) -> Row:
    found = _load(line)
    if isinstance(found, Rejected):
        return found
    columns = find_columns(tuple(found))
    return judge(columns, [to_string(value) for value in found.values()], line.data, line.number, assumed)
