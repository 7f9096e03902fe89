"""``rubrika train``: the heads whose labels or settings changed."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json, only_categories
from pipeline.setup.errors import PipelineError


@click.command(epilog="Examples:  rubrika train --promote  |  rubrika train --category sport --choose")
@only_categories
@click.option("--choose", is_flag=True, help="Choose among the candidates again.")
@click.option("--promote", "serve", is_flag=True, help="Then let the bundle serve, as `bundle promote` would.")
@as_json
@click.pass_obj
def train(call: Call, only: tuple[str, ...], choose: bool, serve: bool, as_json: bool) -> None:
    """Train the heads whose labels or settings changed and write a bundle."""
    from pipeline.bundles.promote import promote
    from pipeline.train.show import print_trained
    from pipeline.train.train import train

    home, settings = call.open()
    result = train(home, settings, only, choose=choose, say=call.say)
    try:
        promoted = promote(home, settings, result.bundle) if serve else None
    except PipelineError:
        print_trained(result, None, as_json=as_json)
        raise
    print_trained(result, promoted, as_json=as_json)
