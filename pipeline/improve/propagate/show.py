"""Showing a propagation: what each promised precision would add, and what was written."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from models.coverage import Coverage, Label
    from pipeline.improve.propagate.propagate import Propagated
    from pipeline.improve.propagate.spread import CategoryPropagated


def print_propagated(result: Propagated, *, as_json: bool) -> None:
    """Print the table of promises, then what was done."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    table(
        ["category", "k", "promise", "adds yes", "held-out precision", "adds no", "held-out precision", "yes"],
        [
            [
                key,
                category.k,
                promise,
                *coverage_cells(covered["yes"]),
                *coverage_cells(covered["no"]),
                yes_share(covered),
            ]
            for key, category in result.categories.items()
            for promise, covered in category.promises.items()
        ],
    )
    for key, category in result.categories.items():
        if category.reason:
            line(f"{key}: nothing spread, {category.reason}")
        else:
            line(f"{key}: {category.yes} yes and {category.no} no; {yes_before_and_after(category)}")
    if result.dry_run:
        line("dry run: nothing written")
    else:
        line(f"{result.written} labels of knn written, {result.withdrawn} withdrawn")


def coverage_cells(coverage: Coverage) -> tuple[str, str]:
    """How many labels, and how often those held out were right."""
    precision = coverage.precision
    if precision is None:
        return "0", "no cut keeps it"
    interval = f"{figure(precision.low)} – {figure(precision.high)}"
    return str(coverage.adds), f"{figure(precision.value)} ({interval}) of {coverage.held_out}"


def yes_share(covered: Mapping[Label, Coverage]) -> str:
    """The share of yes among the labels that a promise adds; empty where it adds none."""
    adds = covered["yes"].adds + covered["no"].adds
    return f"{covered['yes'].adds / adds:.1%}" if adds else ""


def yes_before_and_after(category: CategoryPropagated) -> str:
    """How common yes is among the labels that voted and among those that follow, and what that means."""
    before, given = category.prevalence or 0.0, category.yes + category.no
    voted = f"yes is {before:.1%} of the labels that voted"
    if not given:
        return voted
    after = category.yes / given
    caution = "; held-out precision is that of articles like those labelled" if differs(before, after) else ""
    return f"{voted}, {after:.1%} of these{caution}"


def differs(before: float, after: float) -> bool:
    """Whether one share is more than twice the other: the articles are of another kind, then, than those that voted."""
    return not 0.5 <= after / before <= 2
