"""``rubrika label-errors``: the labels that are probably wrong."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.setup.call import Call, as_json, only_categories


@click.command(
    epilog="Examples:  rubrika label-errors -n 20  |  rubrika label-errors --category sport --out check.csv",
)
@only_categories
@click.option(
    "-n", "labels", type=click.IntRange(min=1), default=50, metavar="N", help="At most so many.  [default: 50]"
)
@click.option("--annotator", metavar="NAME", help="List this one's labels only.  [default: everybody's]")
@click.option("--out", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write a CSV to check.")
@as_json
@click.pass_obj
def label_errors(
    call: Call, only: tuple[str, ...], labels: int, annotator: str | None, file: Path | None, as_json: bool
) -> None:
    """List labels that are probably wrong, the most doubtful first: confident learning (cleanlab).

    Each label is judged by heads that learned neither from it nor from copies of its article. Unknown pairs, labels of
    knn and articles of the test are not examined. Nothing is changed: check the table, then import it.
    """
    from pipeline.improve.label_errors.label_errors import label_errors
    from pipeline.improve.label_errors.show import print_label_errors

    print_label_errors(label_errors(*call.open(), only, labels, annotator, file, quiet=call.quiet), as_json=as_json)
