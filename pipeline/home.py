"""The home: the one folder where state lives, and the database in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lancedb.db import DBConnection

from pipeline.config import Settings
from pipeline.errors import PipelineError
from store.lance import connect


@dataclass(frozen=True)
class Home:
    """Where a command reads and writes.

    Parameters
    ----------
    path
        The folder with ``heads``, ``bundles``, ``reports`` and ``encoders``.
    db
        The open database.
    """

    path: Path
    db: DBConnection


def open_home(settings: Settings) -> Home:
    """Open the home that the settings name, making it when it is missing.

    Raises
    ------
    PipelineError
        When the folder cannot be made (exit code 3).
    """
    path = settings.home.absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PipelineError(f"home {path}: {error.strerror}; choose another with --home", exit_code=3) from error
    uri = settings.store.uri or str(path / "store")
    return Home(path, connect(uri, settings.store.storage_options))
