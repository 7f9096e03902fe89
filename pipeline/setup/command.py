"""``rubrika init`` and ``rubrika config``: a settings file to begin with, and where each setting came from."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json


@click.command(epilog="Examples:  rubrika init  |  rubrika --config news.toml init")
@as_json
@click.pass_obj
def init(call: Call, as_json: bool) -> None:
    """Write a commented settings file, every key with its default, to begin a newsroom's own."""
    from pipeline.setup.init import init
    from pipeline.setup.show import print_written

    print_written(init(call.config), as_json=as_json)


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
