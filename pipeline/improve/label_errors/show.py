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
        table(NAMES, [cells(one) for one in result.labels])
    examined = {key: said for key, said in result.categories.items() if said.suspected is not None}
    table(
        ["category", "labels +/-", "suspected", "wrong, estimated"],
        [
            [key, f"{said.positives}/{said.negatives}", str(said.suspected), figure(said.wrong_share)]
            for key, said in examined.items()
        ],
    )
    for said in result.categories.values():
        if said.reason:
            line(f"not examined, {said.reason}")
    whose = f" of {result.annotator}" if result.annotator else ""
    shown = f"{len(result.labels)} of {result.suspected} suspected labels{whose}"
    line(f"{shown}; {result.examined} were examined, none of the test")
    next_steps(result.next)


def cells(one: Suspect) -> list[str]:
    """A label in two lines of the table: the article with the labelled one nearest to it, and labels of all nearby."""
    date = f"{one.published_at:%Y-%m-%d}" if one.published_at else ""
    nearest = next((f"{word(near.label)} {near.similarity:.2f} {near.title}" for near in one.neighbours), "")
    yes = sum(near.label for near in one.neighbours)
    return [
        f"{one.id[:8]}\n{date}",
        f"{short(one.title)}\n{short(nearest)}",
        f"{one.category}\n{one.source}",
        f"{word(one.label)}\n{one.annotator}",
        f"{one.probability:.3f}",
        f"{yes} yes\n{len(one.neighbours) - yes} no",
    ]


def word(label: bool) -> str:
    """A label as people say it."""
    return "yes" if label else "no"


def short(text: str) -> str:
    """A text that fits into its column."""
    return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"
