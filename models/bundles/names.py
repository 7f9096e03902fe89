"""Naming bundles: the one that serves, the newest, and any other by the first digits of its id."""

from __future__ import annotations

from pathlib import Path

from models.bundles.manifests import BUNDLE_ID, bundle_names, read_manifests
from models.errors import ModelError
from models.files import write_atomically

CURRENT_FILE = "current"
NEWEST_FILE = "newest"


def find_bundle(home: Path, name: str) -> str:
    """The id of the bundle that a person means.

    Parameters
    ----------
    name
        An id, its first digits, ``newest`` or ``current``.

    Raises
    ------
    ModelError
        When there is no such bundle, or more than one (exit code 2); when there is none at all.
    """
    names = bundle_names(home)
    if not names:
        raise ModelError(f"no bundle in {home} yet; run: rubrika train")
    pointed = {"newest": newest_name, "current": current_name}.get(name)
    meant = [pointed(home)] if pointed else [other for other in names if name and other.startswith(name)]
    if len(meant) > 1:
        raise ModelError(f"bundle {name!r} may be {' or '.join(map(str, meant))}; type more of it", exit_code=2)
    if not meant or meant[0] is None:
        raise ModelError(f"no bundle {name!r}; there are: {', '.join(names)}", exit_code=2)
    return meant[0]


def current_name(home: Path) -> str | None:
    """The bundle that serves, or None.

    Raises
    ------
    ModelError
        When the file that names it is damaged.
    """
    return read_pointer(home / "bundles" / CURRENT_FILE, "choose again: rubrika bundle promote ID --force")


def newest_name(home: Path) -> str | None:
    """The bundle that was trained last, also when training only found it again; None without any.

    Raises
    ------
    ModelError
        When the file that names it is damaged.
    """
    path = home / "bundles" / NEWEST_FILE
    pointed = read_pointer(path, f"remove {path} and run: rubrika train")
    if pointed in bundle_names(home):
        return pointed
    return next(reversed(read_manifests(home)[0]), None)


def set_newest(home: Path, name: str) -> None:
    """Note which bundle was trained last."""
    write_atomically(home / "bundles" / NEWEST_FILE, name + "\n")


def read_pointer(path: Path, cure: str) -> str | None:
    """Read a file that holds one bundle's id, or None when it is not there."""
    if not path.is_file():
        return None
    name = path.read_bytes()[:64].decode("ascii", "replace").strip()
    if not BUNDLE_ID.fullmatch(name):
        raise ModelError(f"{path} is damaged: it should hold the id of a bundle; {cure}")
    return name
