"""``rubrika annotate``: a language model labels articles."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.annotate import show
from pipeline.annotate.sample import SAMPLES
from pipeline.setup.call import Call, as_json, only_categories


@click.command(
    epilog="Examples:  rubrika annotate --limit 100 --dry-run  |  rubrika annotate --category sport --export sport.csv"
)
@only_categories
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N articles.")
@click.option("--sample", type=click.Choice(list(SAMPLES)), default="random", help="Which first.", show_default=True)
@click.option("--again", is_flag=True, help="Ask again where the last answer was corrupted.")
@click.option("--dry-run", is_flag=True, help="Only estimate articles, tokens and price.")
@click.option("--export", type=click.Path(path_type=Path, dir_okay=False), help="Write all answers to a table.")
@as_json
@click.pass_obj
def annotate(
    call: Call,
    only: tuple[str, ...],
    limit: int | None,
    sample: str,
    again: bool,
    dry_run: bool,
    export: Path | None,
    as_json: bool,
) -> None:
    """Ask a language model for labels, each article and category once; run it again to go on.

    Where it is, what it may cost and how it is asked stands in [annotator] of rubrika.toml.
    """
    from pipeline.annotate.annotate import AnnotateChoice, annotate, estimate

    choice = AnnotateChoice(only, sample, limit, again)
    if dry_run:
        show.print_estimate(estimate(*call.open(), choice), as_json=as_json)
    else:
        done = annotate(*call.open(), choice, export, say=call.say, quiet=call.quiet)
        show.print_annotated(done, as_json=as_json)
