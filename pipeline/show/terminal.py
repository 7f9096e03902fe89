"""Showing: results as one JSON object, or as a line and a table for people."""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

WIDTH = 120  # columns of a table that no terminal limits

if TYPE_CHECKING:
    from pipeline.bundles.promote import Promoted
    from pipeline.config import Settings
    from pipeline.embed import Embedded
    from pipeline.ingest import Ingested
    from pipeline.train import Trained


def ingested(result: Ingested, *, as_json: bool) -> None:
    """Print what became of the rows."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    labels = f"; {result.labels} labels" if result.labels else ""
    line(
        f"read {result.read} = stored {result.stored} + duplicates {result.duplicates}"
        f" + quarantined {result.quarantined}{labels}"
    )
    for address in result.unchanged:
        line(f"{address}: not changed since it was stored")
    if result.dates_unread:
        line(
            f"{result.dates_unread} articles have a date that cannot be read: "
            'rubrika sql "SELECT DISTINCT published_raw FROM articles WHERE published_at IS NULL"'
        )
    if result.quarantined:
        line('quarantined rows: rubrika sql "SELECT file, line, reason, preview FROM quarantine"')
    if result.bad_labels:
        line(f"left out {len(result.bad_labels)} label values that are not 1, 0 or blank: {result.bad_labels[0]}")


def embedded(result: Embedded, *, as_json: bool) -> None:
    """Print how many articles were embedded."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    speed = f" ({result.articles_per_second:.0f} articles/s)" if result.embedded else ""
    line(f"{result.encoder}: embedded {result.embedded}, cached {result.cached}{speed}")


def trained(result: Trained, promoted: Promoted | None, *, as_json: bool) -> None:
    """Print what became of each head, and of the bundle if it was to serve at once."""
    if as_json:
        extra = {"promoted": dataclasses.asdict(promoted)} if promoted else {}
        json_line(dataclasses.asdict(result) | extra)
        return
    able = {key: said for key, said in result.categories.items() if said.state != "skipped"}
    table(
        ["category", "labels +/-", "head", "AP (CV)", "threshold", "seconds", ""],
        [
            [
                key,
                f"{said.positives}/{said.negatives}",
                said.head,
                figure(said.average_precision),
                figure(said.threshold),
                f"{said.seconds:.2f}",
                said.state,
            ]
            for key, said in able.items()
        ],
    )
    for said in result.categories.values():
        if said.state == "skipped":
            line(said.reason)
    changed = any(said.state == "trained" for said in able.values())
    done = "trained" if changed else "nothing changed: no head was trained again"
    serves = "it serves" if result.current or promoted else f"to serve it: rubrika bundle promote {result.bundle}"
    line(f"{done} in {result.seconds:.1f} s; bundle {result.bundle}; {serves}")


def settings(values: Settings, origins: Mapping[str, str], *, as_json: bool) -> None:
    """Print every setting with its origin."""
    from pipeline.config import flatten

    flat = flatten(values.model_dump(mode="json"))
    if as_json:
        json_line({key: {"value": value, "origin": origins[key]} for key, value in flat.items()})
        return
    table(
        ["key", "value", "from"],
        [[key, json.dumps(value, ensure_ascii=False), origins[key]] for key, value in flat.items()],
    )


def rows(result: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print the rows of a query."""
    if as_json:
        json_line(list(result))
    elif result:
        table(list(result[0]), [["" if value is None else value for value in row.values()] for row in result])
    else:
        line("no rows")


def table(names: Sequence[str], cells: Sequence[Sequence[Any]]) -> None:
    """Print a table; numbers stand to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, name in enumerate(names):
        number = bool(cells) and all(isinstance(row[place], int | float) for row in cells)
        shown.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in cells:
        shown.add_row(*[str(cell) for cell in row])
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    console.print(shown)


def figure(value: float | None) -> str:
    """A share with three digits, or a dash."""
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"


def line(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


def json_line(value: object) -> None:
    """Print one JSON value on one line; NaN becomes null."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False) + "\n")


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON or a database holds
    """Turn dates, paths, bytes and NaN into what JSON has."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return str(value) if isinstance(value, Path) else value
