"""Showing what the data are like, in a few lines; the page has the rest."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line, table

if TYPE_CHECKING:
    from pipeline.ingest.survey.report_data import DataReported


def print_survey(result: DataReported, *, as_json: bool) -> None:
    """Print the main figures and where the page is."""
    survey = result.figures
    if as_json:
        json_line({"report": result.report, **dataclasses.asdict(survey)})
        return
    totals = survey.totals
    days = f", {totals.first:%Y-%m-%d} to {totals.last:%Y-%m-%d}" if totals.first and totals.last else ""
    line(f"{totals.articles} articles of {totals.sources} sources{days}; {totals.undated} without a date")
    near = survey.near_duplicates
    stories = (
        f"{near.stories} stories in {near.articles} articles" if near.searched else "not looked for: rubrika embed"
    )
    line(f"same text in several sources: {totals.reprinted}; near-duplicates: {stories}")
    line(f"quarantined: {totals.quarantined}" + "".join(f"; {name} {n}" for name, n in survey.quarantine.items()))
    table(
        ["category", "yes", "no", "unknown", "in test +/-", "annotators", "disputed"],
        [
            [
                key,
                labelling.yes,
                labelling.no,
                labelling.unknown,
                f"{labelling.test_yes}/{labelling.test_no}",
                ", ".join(labelling.annotators),
                labelling.disputed,
            ]
            for key, labelling in survey.categories.items()
        ],
    )
    line(f"report: {result.report}")
