"""``rubrika report data``: what the data are like."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json


@click.group()
def report() -> None:
    """Reports beside the evaluation."""


@report.command("data", epilog="Examples:  rubrika report data  |  rubrika report data --json")
@as_json
@click.pass_obj
def report_data(call: Call, as_json: bool) -> None:
    """Describe the data: sources, months, lengths, duplicates, quarantine and labels; JSON and one HTML page."""
    from pipeline.ingest.survey.report_data import report_data
    from pipeline.ingest.survey.show import print_survey

    print_survey(report_data(*call.open()), as_json=as_json)
