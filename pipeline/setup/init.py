"""Init: a settings file to begin with, wherever Rubrika was installed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from models.files import write_atomically
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import SETTINGS_FILE, Settings, expanded


@dataclass(frozen=True)
class SettingsWritten:
    """The settings file that was written, and its categories."""

    file: Path
    categories: tuple[str, ...]


def init(file: Path | None = None) -> SettingsWritten:
    """Write the commented settings file that Rubrika ships, with its five categories.

    Parameters
    ----------
    file
        Where; None: ``rubrika.toml`` of the current folder.

    Raises
    ------
    PipelineError
        When a file is there already (exit code 2): somebody's settings are never overwritten.
    """
    path = expanded(file) if file else SETTINGS_FILE
    if path.exists():
        how = "edit it, or write another: rubrika --config OTHER.toml init"
        raise PipelineError(f"{path} is there already; {how}", exit_code=2)
    write_atomically(path, files("pipeline.setup").joinpath(SETTINGS_FILE.name).read_bytes())
    return SettingsWritten(path, tuple(shipped_categories()))


def shipped_categories() -> list[str]:
    """The keys of the categories in the file that ships."""
    shipped = files("pipeline.setup").joinpath(SETTINGS_FILE.name).read_text(encoding="utf-8")
    return list(Settings(**tomllib.loads(shipped)).categories)
