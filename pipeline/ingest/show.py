"""Showing what became of the rows of a crawl."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line, next_steps

if TYPE_CHECKING:
    from pipeline.ingest.ingest import Ingested


def print_ingested(result: Ingested, *, as_json: bool) -> None:
    """Print what became of the rows."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    labels = f"; {result.labels} labels" if result.labels else ""
    line(
        f"read {result.read} = stored {result.stored} + duplicates {result.duplicates}"
        f" + quarantined {result.quarantined}{labels}"
    )
    if result.quarantined:
        line('quarantined rows: rubrika sql "SELECT file, line, reason, preview FROM quarantine"')
    if result.bad_labels:
        line(f"left out {len(result.bad_labels)} label values, the first: {result.bad_labels[0]}")
    for note in result.label_notes:
        line(note)
    if result.next:
        line("columns that name topics gave no labels yet")
        next_steps(result.next)
