"""Settled: whether the store and the settings file call every category the same, which an interrupted rename breaks."""

from __future__ import annotations

from pipeline.errors import PipelineError
from pipeline.home import Home
from store.renames import Renames


def require_settled(home: Home) -> None:
    """Refuse to go on while a rename is half done: its labels are under two keys.

    Raises
    ------
    PipelineError
        With the command that finishes the rename.
    """
    unfinished = Renames(home.db).unfinished()
    if unfinished:
        old, new = unfinished
        how = f"finish it first: rubrika category rename {old} {new}"
        raise PipelineError(f"renaming {old!r} to {new!r} was interrupted; {how}")
