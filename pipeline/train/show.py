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
    able = {key: category for key, category in result.categories.items() if category.state != "skipped"}
    table(
        ["category", "labels +/-", "head", "AP (CV)", "threshold", "seconds", ""],
        [
            [
                key,
                f"{category.positives}/{category.negatives}",
                category.head,
                figure(category.average_precision),
                figure(category.threshold),
                f"{category.seconds:.2f}",
                category.state,
            ]
            for key, category in able.items()
        ],
    )
    for category in result.categories.values():
        if category.state == "skipped":
            line(category.reason)
    for key, category in able.items():
        if category.ground and (warning := category.ground.warning(key)):
            line(warning)
    changed = any(category.state == "trained" for category in able.values())
    done = "trained" if changed else "nothing changed: no head was trained again"
    serves = "it serves" if result.current or promoted else f"to serve it: rubrika bundle promote {result.bundle}"
    line(f"{done} in {result.seconds:.1f} s; bundle {result.bundle}; {serves}")
