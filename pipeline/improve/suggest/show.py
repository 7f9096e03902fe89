"""Showing which articles to label next, and why."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line, next_steps, table

if TYPE_CHECKING:
    from pipeline.improve.suggest.suggest import Suggested, Suggestion

TITLE = 40
SHOWN = 2
WHY = (
    "why, the main reason: uncertain, a verdict may turn; rare, likely of a category with few positives; "
    "new ground, unlike everything labelled"
)
REASONS = {"uncertain": "uncertain", "rare": "rare", "new": "new ground"}


def print_suggestions(result: Suggested, *, as_json: bool) -> None:
    """Print the choice, the first to label first."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    table(["id", "title", "source", "date", "probability", "why"], [cells(one) for one in result.suggestions])
    line(WHY)
    heads = f"heads of bundle {result.bundle}" if result.bundle else "no heads yet"
    line(f"{len(result.suggestions)} of {result.pool} articles that lack a label; {heads}")
    if result.without_head:
        what = "their description and positives stood in"
        line(f"without a head: {', '.join(result.without_head)}; {what}")
    next_steps(result.next)


def cells(one: Suggestion) -> list[str]:
    """A line of the table."""
    title = one.title if len(one.title) <= TITLE else f"{one.title[: TITLE - 1]}…"
    date = f"{one.published_at:%Y-%m-%d}" if one.published_at else ""
    why = f"{REASONS[one.why]} {getattr(one, one.why):.2f}"
    return [one.id[:8], title, one.source, date, doubtful(one), why]


def doubtful(one: Suggestion) -> str:
    """The categories nearest to a half; a dash where no head was asked."""
    said = {key: value for key, value in one.categories.items() if value is not None}
    nearest = sorted(said, key=lambda key: abs(said[key] - 0.5))[:SHOWN]
    return ", ".join(f"{key} {said[key]:.2f}" for key in nearest) or "–"
