"""An unfinished rename: labels are under two keys, so nothing may be made of them until it is finished."""

from __future__ import annotations

from lancedb.db import DBConnection

from pipeline.setup.errors import PipelineError
from store.renames import unfinished_rename


def refuse_unfinished_rename(db: DBConnection) -> None:
    """Refuse to go on while a rename is half done: its labels are under two keys.

    Raises
    ------
    PipelineError
        With the command that finishes the rename.
    """
    unfinished = unfinished_rename(db)
    if unfinished:
        old, new = unfinished
        how = f"finish it first: rubrika category rename {old} {new}"
        raise PipelineError(f"renaming {old!r} to {new!r} was interrupted; {how}")
