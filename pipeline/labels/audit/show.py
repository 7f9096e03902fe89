"""Showing an audit: what was drawn for a person to check, and what they found."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.labels.show import between
from pipeline.show.terminal import figure, json_line, line, next_steps, table

if TYPE_CHECKING:
    from pipeline.labels.audit.draw import AuditDrawn
    from pipeline.labels.audit.result import AuditResult


def print_audit(result: AuditDrawn, *, as_json: bool) -> None:
    """Print what was drawn and what to do with it."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    table(
        ["category", "its yes", "drawn", "its no", "drawn"],
        [
            [key, of["yes"].population, of["yes"].drawn, of["no"].population, of["no"].drawn]
            for key, of in result.categories.items()
        ],
    )
    before = sum(one.answered for of in result.categories.values() for one in of.values())
    known = f"; {before} more are answered already" if before else ""
    what = f"{result.articles} articles to read, {result.questions} cells to fill in{known}"
    line(f"audit {result.audit} of {result.annotator}: {what}")
    next_steps(result.next)


def print_audit_result(result: AuditResult, *, as_json: bool) -> None:
    """Print what people found."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    table(
        ["category", "yes right", "no right", "precision", "95 %", "recall", "95 %", "in category", "95 %"],
        [
            [
                key,
                f"{said.yes.right} of {said.yes.answered}",
                f"{said.no.right} of {said.no.answered}",
                *(
                    cell
                    for one in (said.precision, said.recall, said.prevalence)
                    for cell in (figure(one.value), between(one))
                ),
            ]
            for key, said in result.categories.items()
        ],
    )
    for key, said in result.categories.items():
        if said.note:
            line(f"{key}: {said.note}")
    who = f"{result.answered} cells answered by {', '.join(result.editors)}, {result.unanswered} not yet"
    line(f"audit {result.audit} of {result.annotator}, drawn {result.drawn_at:%Y-%m-%d}: {who}")
    if result.unanswered:
        line("to narrow the intervals, fill in more of its table and import it again")
