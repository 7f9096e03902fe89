"""The command that spreads labels."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json, only_categories


@click.command(epilog="Examples:  rubrika propagate --dry-run  |  rubrika propagate --category sport --precision 0.99")
@only_categories
@click.option("--precision", type=float, default=0.95, show_default=True, help="Share of yes and of no to be right.")
@click.option("--dry-run", is_flag=True, help="Show what it would add and write nothing.")
@as_json
@click.pass_obj
def propagate(call: Call, only: tuple[str, ...], precision: float, dry_run: bool, as_json: bool) -> None:
    """Spread labels to the unlabelled articles nearest to labelled ones, as annotator knn.

    Nobody's label is overridden; heads neither learn from these labels nor are measured by them.
    """
    from pipeline.improve.propagate.propagate import propagate
    from pipeline.improve.propagate.show import print_propagated

    print_propagated(propagate(*call.open(), only, precision, dry_run=dry_run, quiet=call.quiet), as_json=as_json)
