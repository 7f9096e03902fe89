"""``rubrika config``: settings and where each came from."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json


@click.group()
def config() -> None:
    """Settings and where each came from."""


@config.command("show", epilog="Examples:  rubrika config show  |  RUBRIKA_TRAIN__FOLDS=3 rubrika config show --json")
@as_json
@click.pass_obj
def config_show(call: Call, as_json: bool) -> None:
    """Show every setting, its value and where it came from."""
    from pipeline.setup.show import print_settings

    print_settings(*call.settings(), as_json=as_json)
