"""Showing what became of the rows of a crawl."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
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
        why = ", ".join(f"{reason} {rows}" for reason, rows in result.reasons.items())
        line(f'quarantined rows ({why}): rubrika sql "SELECT file, line, reason, preview FROM quarantine"')
    if result.bad_labels:
        line(f"left out {len(result.bad_labels)} label values, the first: {result.bad_labels[0]}")
    for note in result.label_notes:
        line(note)
    if result.next:
        line("columns that name topics gave no labels yet")
        next_steps(result.next)
    for remark in remarks(result):
        line(remark)


UNREAD_DATES = 'rubrika sql "SELECT DISTINCT published_raw FROM articles WHERE published_at IS NULL"'


def remarks(result: Ingested) -> Iterator[str]:
    """What a person should hear of files that were read otherwise than their writers may have meant."""
    for file, encoding in result.encodings.items():
        if encoding != "utf-8":
            yield f"{file}: read as {encoding}; if that is wrong: rubrika ingest {file} --encoding NAME"
    for address in result.unchanged:
        yield f"{address}: not changed since it was stored"
    yield from remarks_on_rows(result)
    for file, columns in result.unused_columns.items():
        yield f"{file}: unused columns: " + "; ".join(f"{name} ({hint})" for name, hint in columns.items())


def remarks_on_rows(result: Ingested) -> Iterator[str]:
    """How many articles lack something that their rows had."""
    if result.undated or result.unread_dates:
        see = f"; see: {UNREAD_DATES}" if result.unread_dates else ""
        yield f"without a date: {result.undated}; with a date that could not be read: {result.unread_dates}{see}"
    if result.undecodable:
        settle = "if all of a file is: rubrika ingest FILE --encoding NAME"
        yield f"rows of another encoding: {result.undecodable}; {settle}"
    if result.mojibake:
        yield (
            f"warning: {result.mojibake} articles were decoded wrongly before they came here, and are stored so: "
            f"{result.mojibake_example}; export them again, or repair the file with iconv"
        )
