"""``rubrika sql``: one statement, or a prompt."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json


@click.command(epilog='Examples:  rubrika sql "SELECT source, count(*) FROM articles GROUP BY 1"  |  rubrika sql')
@click.argument("statement", required=False)
@as_json
@click.pass_obj
def sql(call: Call, statement: str | None, as_json: bool) -> None:
    """Ask the store in SQL; without STATEMENT, get a prompt.

    The views are articles, labels, opinions, label_matrix, candidates, audits, predictions, metrics, quarantine,
    bundles and history.
    """
    from pipeline.evaluate.sql.show import print_rows
    from pipeline.evaluate.sql.sql import ask, prompt

    if statement is None:
        prompt(*call.open(renaming=True), print_rows)
    else:
        print_rows(ask(*call.open(renaming=True), statement), as_json=as_json)
