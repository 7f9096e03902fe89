"""The registry of kinds of head: one line each. What a kind is and does stands in its module, loaded when asked for."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import TYPE_CHECKING, Any

from models.errors import ModelError

if TYPE_CHECKING:
    from models.heads.kind import Kind, KindWords

KINDS = {  # the module that holds each one's KIND; choosing begins with the first that may serve
    "hybrid": "models.heads.hybrid",
    "logistic": "models.heads.logistic",
    "lightgbm": "models.heads.lightgbm",
}


def kind_named(name: str) -> Kind[Any]:
    """Load a kind.

    Raises
    ------
    ModelError
        When there is none of that name (exit code 2).
    """
    if name not in KINDS:
        raise ModelError(unknown_kind(name), exit_code=2)
    kind: Kind[Any] = import_module(KINDS[name]).KIND
    return kind


def unknown_kind(name: str) -> str:
    """Say that there is no such kind, which one may be meant, and which there are."""
    near = difflib.get_close_matches(name, KINDS, n=1)
    meant = f"did you mean {near[0]!r}? " if near else ""
    return f"no head of kind {name!r}; {meant}there are: {', '.join(KINDS)}"


def words_of(name: str) -> KindWords:
    """How a kind is called; one that another version made, and this one does not know, by its name alone."""
    from models.heads.kind import KindWords

    return kind_named(name).words if name in KINDS else KindWords(name, name)


def files_of_kinds() -> set[str]:
    """The files that scorers of any kind write."""
    return {kind_named(name).file for name in KINDS}
