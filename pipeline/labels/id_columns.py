"""Columns that name articles by id: of tables without texts the only way to know their articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.labels.values import fold

ID_NAMES = ("id", "ид", "article_id", "id статьи")
_ARTICLE_ID = re.compile(r"[0-9a-f]{32}")


def id_column(names: Iterable[str]) -> str | None:
    """The column of ids, in any case; None where there is none."""
    columns = {fold(name): name for name in names}
    return next((columns[name] for name in ID_NAMES if name in columns), None)


def named_id(cells: Mapping[str, str]) -> str:
    """The id that a row with texts gives its article; empty where it gives none."""
    column = id_column(cells)
    return "" if column is None else cells[column].strip().lower()


def as_article_id(cell: str) -> str | None:
    """The id in a cell, in capitals or behind a spreadsheet's apostrophe; None for what no article can be called."""
    name = cell.strip().strip("'").lower()
    return name if _ARTICLE_ID.fullmatch(name) else None
