"""Showing what became of each head."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from pipeline.bundles.promote import Promoted
    from pipeline.train.train import Trained


def print_trained(result: Trained, promoted: Promoted | None, *, as_json: bool) -> None:
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
