"""The command that asks what labels have bought so far and what more would."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json, only_categories


@click.command(
    "learning-curve",
    epilog="Examples:  rubrika learning-curve  |  rubrika learning-curve --category sport --more 200 --json",
)
@only_categories
@click.option("--more", type=click.IntRange(1), default=500, show_default=True, help="Labelled articles to look ahead.")
@click.option("--repeats", type=click.IntRange(3, 100), default=10, show_default=True, help="Draws to measure on.")
@as_json
@click.pass_obj
def learning_curve(call: Call, only: tuple[str, ...], more: int, repeats: int, as_json: bool) -> None:
    """Show average precision against the number of labels, and what more of them would buy; JSON and one HTML page.

    Heads learn from growing parts of the labels and are measured on held-out articles, none of them of the test.
    """
    from pipeline.improve.learning_curve.learning_curve import learning_curve
    from pipeline.improve.learning_curve.show import print_learning_curve

    print_learning_curve(
        learning_curve(*call.open(), only, more=more, repeats=repeats, quiet=call.quiet), as_json=as_json
    )
