"""The call: what stands before every command, and the options that commands share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.setup.home import Home
    from pipeline.setup.settings import Settings

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
only_categories = click.option("--category", "only", multiple=True, metavar="KEY", help="Only this one; repeatable.")
encoding_option = click.option(
    "--encoding", metavar="NAME", help="What the text is kept in: cp1251.  [default: found by its letters]"
)
columns_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Column of source, title, text, published_at or url; without a header its number. May be repeated.",
)
file_argument = click.argument("file", type=click.Path(path_type=Path))


def moment(_context: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """Read an option's moment, in ISO 8601 with a time; one without a zone stays so."""
    if value is None:
        return None
    try:
        if not re.search(r"[T ][0-9]", value):
            raise ValueError(value)
        return datetime.fromisoformat(value)
    except ValueError:
        name = option.opts[0]
        raise click.BadParameter(f"{value!r} is no moment; give date and time: {name} 2024-05-01T10:00") from None


@dataclass(frozen=True)
class Call:
    """The options that stand before every command."""

    home: Path | None
    config: Path | None
    quiet: bool

    def settings(self) -> tuple[Settings, dict[str, str]]:
        """Read the settings and where each came from."""
        # Imports stand inside these methods, so that `rubrika --help` loads neither pydantic nor the database.
        from pipeline.setup.settings import load_settings

        return load_settings(self.config, {"home": self.home} if self.home else {})

    def open(self, *, make: bool = False, renaming: bool = False) -> tuple[Home, Settings]:
        """Open the home under the settings, see :func:`pipeline.setup.home.open_home`."""
        from pipeline.setup.home import open_home

        settings = self.settings()[0]
        return open_home(settings, make=make, renaming=renaming), settings

    def open_to_edit(self, *, renaming: bool = False) -> tuple[Home, Settings, Path]:
        """Open the home under the settings, and name the file that they are written in."""
        from pipeline.setup.settings import SETTINGS_FILE, expanded

        return *self.open(make=True, renaming=renaming), expanded(self.config) if self.config else SETTINGS_FILE

    def say(self, line: str) -> None:
        """Tell a person something on standard error."""
        # Standard output belongs to the result, which may go into a pipe.
        if not self.quiet:
            click.echo(line, err=True)
