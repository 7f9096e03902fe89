"""``rubrika embed``: vectors and lexical counts of what has none."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json


@click.command(epilog="Examples:  rubrika embed  |  RUBRIKA_ENCODER__NAME=navec-news rubrika embed --json")
@as_json
@click.pass_obj
def embed(call: Call, as_json: bool) -> None:
    """Embed the articles that have no vector yet."""
    from pipeline.embed.embed import embed
    from pipeline.embed.show import print_embedded

    print_embedded(embed(*call.open(), call.say, quiet=call.quiet), as_json=as_json)
