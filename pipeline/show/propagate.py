"""Showing a propagation: what each promised precision would add, and what was written."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from models.propagation import Reach
    from pipeline.propagate import Propagated


def propagated(result: Propagated, *, as_json: bool) -> None:
    """Print the table of promises, then what was done."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    table(
        ["category", "k", "promise", "adds yes", "held-out precision", "adds no", "held-out precision"],
        [
            [key, said.k, promise, *cells(reached["yes"]), *cells(reached["no"])]
            for key, said in result.categories.items()
            for promise, reached in said.promises.items()
        ],
    )
    for key, said in result.categories.items():
        if said.reason:
            line(f"{key}: nothing spread, {said.reason}")
        else:
            line(f"{key}: {said.yes} yes and {said.no} no; a guess is right {guess(said.prevalence)}")
    if result.dry_run:
        line("dry run: nothing written")
    else:
        line(f"{result.written} labels of knn written, {result.withdrawn} withdrawn")


def cells(one: Reach) -> tuple[str, str]:
    """How many labels, and how often those held out were right."""
    if one.precision is None:
        return "0", "no cut keeps it"
    said = one.precision
    return str(one.adds), f"{figure(said.value)} ({figure(said.low)} – {figure(said.high)}) of {one.held_out}"


def guess(prevalence: float | None) -> str:
    """What yes and no would be right by chance."""
    share = prevalence or 0.0
    return f"{share:.3f} (yes) and {1 - share:.3f} (no) of the time"
