"""Showing: results as one JSON object, or as a line and a table for people."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from typing import Any

from pipeline.show.json_values import json_values

WIDTH = 120  # columns of a table that no terminal limits


def table(names: Sequence[str], cells: Sequence[Sequence[Any]]) -> None:
    """Print a table; numbers stand to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, name in enumerate(names):
        # By what stands in it and not by its name: an empty table has no numbers.
        number = bool(cells) and all(isinstance(row[place], int | float) for row in cells)
        shown.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in cells:
        shown.add_row(*[str(cell) for cell in row])
    # Cells are text of strangers: `[bold]` in a title is printed, not obeyed.
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
    sys.stdout.write(json.dumps(json_values(value), ensure_ascii=False) + "\n")


def next_steps(steps: Sequence[str]) -> None:
    """Print what to do next, a line each."""
    for step in steps:
        line(f"next: {step}")
