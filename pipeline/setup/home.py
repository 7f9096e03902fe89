"""The home: the one folder where state lives, and the database in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lancedb.db import DBConnection

from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import Settings
from pipeline.setup.unfinished_rename import refuse_unfinished_rename
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


def open_home(settings: Settings, *, make: bool = True, renaming: bool = False) -> Home:
    """Open the home that the settings name.

    Parameters
    ----------
    make
        Make the folder when it is missing; else a mistyped name would leave an empty one.
    renaming
        Open it also while a rename is unfinished, to finish it or to look.

    Raises
    ------
    PipelineError
        When the folder is missing, cannot be made (exit code 3), or holds an unfinished rename.
    """
    # Absolute, since messages name it and a command may change its folder.
    path = settings.home.absolute()
    # With a store elsewhere an empty home is right: another machine may have filled the store.
    if not (make or path.exists() or settings.store.uri):
        raise PipelineError(f"no home at {path} yet; begin with: rubrika ingest FILE, or choose another with --home")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PipelineError(f"home {path}: {error.strerror}; choose another with --home", exit_code=3) from error
    uri = settings.store.uri or str(path / "store")
    db = connect(uri, settings.store.storage_options)
    # At the one door that all commands take, so that none can forget it.
    if not renaming:
        refuse_unfinished_rename(db)
    return Home(path, db)
