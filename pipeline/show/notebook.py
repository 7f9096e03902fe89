"""Notebooks: results as tables where a notebook asks for HTML, and as plain records everywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa

ROWS_SHOWN = 20
CELL_CHARACTERS = 120
PAGE_HEIGHT = 720  # pixels


class Result(dict[str, Any]):
    """A result with the keys that ``--json`` prints; a notebook shows its groups as tables."""

    def _repr_html_(self) -> str:
        facts = {key: value for key, value in self.items() if not isinstance(value, Mapping | list | tuple)}
        parts = [html_table([facts])] if facts else []
        for key, value in self.items():
            if rows := rows_of(value):
                parts.append(f"<h4>{escape(key)}</h4>{html_table(rows)}")
        return "".join(parts)


class Report(Result):
    """A result that has a page of its own: a notebook opens the page in place."""

    def _repr_html_(self) -> str:
        page = Path(self["report"]).read_text(encoding="utf-8")
        return f'<iframe srcdoc="{escape(page)}" width="100%" height="{PAGE_HEIGHT}" style="border:0"></iframe>'


class Rows:
    """Rows of the store or of a query.

    Any library that speaks Arrow takes them as they are: ``pyarrow.table(rows)``, ``polars.DataFrame(rows)``.

    Parameters
    ----------
    arrow
        The rows.
    """

    def __init__(self, arrow: pa.Table) -> None:
        self.arrow = arrow

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the rows over, see https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html."""
        return self.arrow.__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas is the notebook's, its types are not needed here
        """The rows as a pandas DataFrame."""
        return self.arrow.to_pandas()

    def _repr_html_(self) -> str:
        more = len(self) - ROWS_SHOWN
        note = f"<p>{more} more rows</p>" if more > 0 else ""
        return html_table(self.arrow.slice(0, ROWS_SHOWN).to_pylist(), self.arrow.column_names) + note


def rows_of(value: object) -> list[Mapping[str, Any]]:
    """A group of a result as the rows of a table; empty where it is none."""
    if isinstance(value, Mapping) and value and all(isinstance(item, Mapping) for item in value.values()):
        return [{"": key, **item} for key, item in value.items()]
    if isinstance(value, Mapping) and value:
        return [value]
    if isinstance(value, Sequence) and value and all(isinstance(item, Mapping) for item in value):
        return list(value)
    return []


def html_table(rows: Sequence[Mapping[str, Any]], names: Sequence[str] | None = None) -> str:
    """A table in HTML; every cell is escaped, since articles come from a crawl."""
    names = list(names or dict.fromkeys(name for row in rows for name in row))
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td>{html_cell(row.get(name))}</td>" for name in names) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html_cell(value: object) -> str:
    """A cell: short, escaped, blank where nothing is known."""
    if value is None:
        return ""
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return escape(text if len(text) <= CELL_CHARACTERS else f"{text[: CELL_CHARACTERS - 1]}…")
