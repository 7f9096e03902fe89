"""Showing an audit: what was drawn for a person to check, and what they found."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.labels.show_stats import between
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
            [key, strata["yes"].population, strata["yes"].drawn, strata["no"].population, strata["no"].drawn]
            for key, strata in result.categories.items()
        ],
    )
    before = sum(stratum.answered for strata in result.categories.values() for stratum in strata.values())
    answered = f"; {before} more are answered already" if before else ""
    what = f"{result.articles} articles to read, {result.questions} cells to fill in{answered}"
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
                f"{category.yes.right} of {category.yes.answered}",
                f"{category.no.right} of {category.no.answered}",
                *(
                    cell
                    for interval in (category.precision, category.recall, category.prevalence)
                    for cell in (figure(interval.value), between(interval))
                ),
            ]
            for key, category in result.categories.items()
        ],
    )
    for key, category in result.categories.items():
        if category.note:
            line(f"{key}: {category.note}")
    who = f"{result.answered} cells answered by {', '.join(result.editors)}, {result.unanswered} not yet"
    line(f"audit {result.audit} of {result.annotator}, drawn {result.drawn_at:%Y-%m-%d}: {who}")
    if result.unanswered:
        line("to narrow the intervals, fill in more of its table and import it again")
