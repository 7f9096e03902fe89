"""``rubrika evaluate``: a bundle measured on the test part."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json


@click.command(epilog="Examples:  rubrika evaluate  |  rubrika evaluate --bundle newest --compare current --json")
@click.option("--bundle", help="Bundle to evaluate.  [default: the newest]")
@click.option(
    "--compare",
    metavar="BUNDLE",
    help="Put this bundle beside it, on the same articles; none: no other.  "
    "[default: the current one if it is another, else the newest older one that can be compared]",
)
@as_json
@click.pass_obj
def evaluate(call: Call, bundle: str | None, compare: str | None, as_json: bool) -> None:
    """Measure a bundle on the test part; JSON and one HTML report."""
    from pipeline.evaluate.evaluate import evaluate
    from pipeline.evaluate.show import print_evaluated

    print_evaluated(evaluate(*call.open(), bundle, compare, say=call.say), as_json=as_json)
