"""Showing the rows of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.show.terminal import json_line, line, table


def print_rows(result: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print the rows of a query."""
    if as_json:
        json_line(list(result))
    elif result:
        table(list(result[0]), [["" if value is None else value for value in row.values()] for row in result])
    else:
        line("no rows")
