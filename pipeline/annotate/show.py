"""Showing what a language model labelled, or would cost."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line, table

if TYPE_CHECKING:
    from pipeline.annotate.annotate import Annotated, Estimate

CORRUPTED = "rubrika sql \"SELECT article_id, reason, raw FROM generations WHERE outcome = 'corrupted'\""


def print_annotated(result: Annotated, *, as_json: bool) -> None:
    """Print what was asked, and how the answers agree with people's labels."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    if result.agreement:
        table(
            ["category", "labelled by people too", "same", "agreement"],
            [
                [key, agreed.compared, agreed.agreed, f"{agreed.agreed / agreed.compared:.1%}"]
                for key, agreed in result.agreement.items()
            ],
        )
    cost = f", cost {result.cost:.2f}" if result.cost else ""
    line(
        f"{result.annotator}: asked {result.asked} = labelled {result.labelled} + corrupted {result.corrupted}; "
        f"{result.tokens} tokens{cost}; {result.seconds:.1f} s"
    )
    if result.corrupted:
        line(f"corrupted answers gave no label; see: {CORRUPTED}; ask again: rubrika annotate --again")
    if result.budget_reached:
        line(f"stopped: {result.limit} does not hold another call")
    if result.left:
        line(f"{result.left} articles left; to go on, run it again")
    if result.exported is not None:
        line(f"exported {result.exported} articles")


def print_estimate(result: Estimate, *, as_json: bool) -> None:
    """Print what a run would take."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    price = "price unknown, annotator.price_in and price_out are 0"
    if result.cost is not None:
        price = f"price {result.cost:.2f} at annotator.price_in and price_out"
    line(
        f"{result.annotator}: {result.articles} articles, about {result.prompt_tokens} tokens to read and "
        f"{result.completion_tokens} to write, {price}"
    )
