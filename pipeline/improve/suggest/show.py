"""Showing which articles to label next, and why."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line, next_steps, table

if TYPE_CHECKING:
    from pipeline.improve.suggest.suggest import Suggested, SuggestedArticle

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
    table(
        ["id", "title", "source", "date", "probability", "why"],
        [suggestion_cells(article) for article in result.suggestions],
    )
    line(WHY)
    heads = f"heads of bundle {result.bundle}" if result.bundle else "no heads yet"
    line(f"{len(result.suggestions)} of {result.pool} articles that lack a label; {heads}")
    if result.without_head:
        what = "their description and positives stood in"
        line(f"without a head: {', '.join(result.without_head)}; {what}")
    next_steps(result.next)


def suggestion_cells(article: SuggestedArticle) -> list[str]:
    """A line of the table."""
    title = article.title if len(article.title) <= TITLE else f"{article.title[: TITLE - 1]}…"
    date = f"{article.published_at:%Y-%m-%d}" if article.published_at else ""
    why = f"{REASONS[article.why]} {getattr(article, article.why):.2f}"
    return [article.id[:8], title, article.source, date, doubtful(article), why]


def doubtful(article: SuggestedArticle) -> str:
    """The categories nearest to a half; a dash where no head was asked."""
    probability = {key: value for key, value in article.categories.items() if value is not None}
    nearest = sorted(probability, key=lambda key: abs(probability[key] - 0.5))[:SHOWN]
    return ", ".join(f"{key} {probability[key]:.2f}" for key in nearest) or "–"
