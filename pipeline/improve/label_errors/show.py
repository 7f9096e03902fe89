"""Showing which labels are probably wrong, with what speaks against each."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import figure, json_line, line, next_steps, table

if TYPE_CHECKING:
    from pipeline.improve.label_errors.label_errors import LabelErrors
    from pipeline.improve.label_errors.suspects import Suspect

TITLE = 38
NAMES = ["id, date", "title, nearest labelled article", "category, source", "label", "probability", "nearby"]


def print_label_errors(result: LabelErrors, *, as_json: bool) -> None:
    """Print the suspected labels, the one to check first first, then how many there are in each category."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    if result.labels:
        table(NAMES, [suspect_cells(suspect) for suspect in result.labels])
    examined = {key: category for key, category in result.categories.items() if category.suspected is not None}
    table(
        ["category", "labels +/-", "suspected", "wrong, estimated"],
        [
            [key, f"{of.positives}/{of.negatives}", str(of.suspected), figure(of.wrong_share)]
            for key, of in examined.items()
        ],
    )
    for category in result.categories.values():
        if category.reason:
            line(f"not examined, {category.reason}")
    whose = f" of {result.annotator}" if result.annotator else ""
    shown = f"{len(result.labels)} of {result.suspected} suspected labels{whose}"
    line(f"{shown}; {result.examined} were examined, none of the test")
    next_steps(result.next)


def suspect_cells(suspect: Suspect) -> list[str]:
    """A label in two lines of the table: the article with the labelled one nearest to it, and labels of all nearby."""
    date = f"{suspect.published_at:%Y-%m-%d}" if suspect.published_at else ""
    nearest = next((f"{yes_or_no(near.label)} {near.similarity:.2f} {near.title}" for near in suspect.neighbours), "")
    yes = sum(near.label for near in suspect.neighbours)
    return [
        f"{suspect.id[:8]}\n{date}",
        f"{shortened(suspect.title)}\n{shortened(nearest)}",
        f"{suspect.category}\n{suspect.source}",
        f"{yes_or_no(suspect.label)}\n{suspect.annotator}",
        f"{suspect.probability:.3f}",
        f"{yes} yes\n{len(suspect.neighbours) - yes} no",
    ]


def yes_or_no(label: bool) -> str:
    """A label as people say it."""
    return "yes" if label else "no"


def shortened(text: str) -> str:
    """A text that fits into its column."""
    return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"
