"""``rubrika suggest``: the articles to label next."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.setup.call import Call, as_json, only_categories


@click.command(
    epilog="Examples:  rubrika suggest -n 20  |  rubrika suggest --category sport -n 50 --out sport.csv",
)
@only_categories
@click.option("-n", "articles", type=click.IntRange(min=1), default=50, metavar="N", help="How many.  [default: 50]")
@click.option("--out", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write a CSV to fill in.")
@as_json
@click.pass_obj
def suggest(call: Call, only: tuple[str, ...], articles: int, file: Path | None, as_json: bool) -> None:
    """Choose the articles whose labels teach the most, for all categories or those named.

    What heads doubt comes first, what may be of a rare category, and what is unlike everything labelled; of one event
    one article. Without heads, descriptions and the variety of the articles decide. Articles of the test and labelled
    ones are never chosen.
    """
    from pipeline.improve.suggest.show import print_suggestions
    from pipeline.improve.suggest.suggest import suggest

    print_suggestions(suggest(*call.open(), only, articles, file), as_json=as_json)
