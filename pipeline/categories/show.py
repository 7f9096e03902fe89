"""Showing what became of categories: as one JSON object, or in lines that say what to type next."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line, next_steps, table

if TYPE_CHECKING:
    from pipeline.categories.add import Added
    from pipeline.categories.list import CategoryList
    from pipeline.categories.remove import Removed
    from pipeline.categories.rename import Renamed
    from pipeline.categories.review import Proposed


def print_categories(result: CategoryList, *, as_json: bool) -> None:
    """Print every category with its labels and the state of its head."""
    if as_json:
        json_line(dataclasses.asdict(result))
    elif not result.categories:
        line("no categories; add one with: rubrika category add KEY --title TITLE")
    else:
        table(
            ["key", "title", "positive", "negative", "unknown", "head"],
            [
                [key, state.title, state.positives, state.negatives, state.unknown, state.head]
                for key, state in result.categories.items()
            ],
        )


def print_added(result: Added, *, as_json: bool) -> None:
    """Print which labels a new category has and what to do next."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    kept = result.positives + result.negatives
    if kept:
        line(
            f"{result.key} («{result.title}») is a category again: {result.positives} positive and {result.negatives} "
            f"negative labels of before count; if it means something else now, remove it and choose another key"
        )
    else:
        line(f"{result.key} («{result.title}») is a category; it has 0 labels")
        line("annotating asks only about it, and only the articles worth asking; the other heads are not trained again")
    next_steps(result.next)


def print_removed(result: Removed, *, as_json: bool) -> None:
    """Print what is kept of a category and how it comes back."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    line(f"{result.key} is no longer a category; its {result.labels} labels and its head are kept")
    line(f"to have it back, at no cost: {result.again}")
    line("the bundle that serves still answers for it until another is promoted")
    next_steps(["rubrika train"])


def print_renamed(result: Renamed, *, as_json: bool) -> None:
    """Print a category's new names."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    before = f" (before: {result.before})" if result.before != result.key else ""
    line(f"{result.key}{before} is called «{result.title}»; its {result.labels} opinions, head and history are with it")
    next_steps(["rubrika train"])


def print_proposed(result: Proposed, *, as_json: bool) -> None:
    """Print what there is to review."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    line(
        f"{result.articles} articles to review: {result.to_decide} to decide, {result.suggested_yes} suggested yes, "
        f"{result.suggested_no} suggested no; no label was written"
    )
    next_steps(result.next)
