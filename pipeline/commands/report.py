"""Commands that explain: why a bundle says what it says of one article, and what the data are like."""

from __future__ import annotations

import click

from pipeline.commands.call import Call, as_json


@click.command(
    epilog="""Examples:  rubrika explain 0065cf35  |  echo '{"title": "…", "text": "…"}' | rubrika explain - --json"""
)
@click.argument("article")
@click.option("--bundle", help="Bundle to ask.  [default: the current one]")
@as_json
@click.pass_obj
def explain(call: Call, article: str, bundle: str | None, as_json: bool) -> None:
    """Show the words and labelled neighbours behind each category of ARTICLE.

    ARTICLE is an id or its first digits, or - for one JSON object on standard input. Words, vector and constant add up
    to the score, exactly.
    """
    from pipeline.explain import explain
    from pipeline.show.explain import explained

    explained(explain(*call.open(), article, bundle), as_json=as_json)


@click.group()
def report() -> None:
    """Reports beside the evaluation."""


@report.command("data", epilog="Examples:  rubrika report data  |  rubrika report data --json")
@as_json
@click.pass_obj
def report_data(call: Call, as_json: bool) -> None:
    """Describe the data: sources, months, lengths, duplicates, quarantine and labels; JSON and one HTML page."""
    from pipeline.data_report import report_data
    from pipeline.show.data import surveyed

    surveyed(report_data(*call.open()), as_json=as_json)
