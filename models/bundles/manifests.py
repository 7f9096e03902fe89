"""Manifests: what each bundle consists of, written once, and its files held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from models.bundles.manifest import Manifest
from models.bundles.manifest_check import parse_manifest
from models.errors import ModelError
from models.files import write_atomically
from models.fingerprint import readable_json, sha256_of

MANIFEST_FILE = "manifest.json"
BUNDLE_ID = re.compile(r"[0-9a-f]{12}")


def bundle_folder(home: Path, name: str) -> Path:
    """Where a bundle's manifest and model card are."""
    return home / "bundles" / name


def bundle_names(home: Path) -> list[str]:
    """The ids of all bundles, in alphabetical order."""
    return sorted(path.parent.name for path in (home / "bundles").glob(f"*/{MANIFEST_FILE}"))


def write_manifest(home: Path, manifest: Manifest) -> None:
    """Write a bundle's manifest whole or not at all; one that is there already stays as it is."""
    path = bundle_folder(home, manifest.id) / MANIFEST_FILE
    if not path.exists():
        write_atomically(path, readable_json(manifest.to_json()))


def read_manifest(home: Path, name: str) -> Manifest:
    """Read a bundle's manifest.

    Raises
    ------
    ModelError
        When there is no such bundle (exit code 2), or its manifest is damaged, foreign or of a later protocol.
    """
    folder = bundle_folder(home, name)
    path = folder / MANIFEST_FILE
    if not BUNDLE_ID.fullmatch(name) or not path.is_file():
        names = ", ".join(bundle_names(home)) or "none yet; run: rubrika train"
        raise ModelError(f"no bundle {name!r}; there are: {names}", exit_code=2)
    cure = f"put a copy back, or remove {folder} and run: rubrika train"
    manifest = parse_manifest(path.read_bytes(), str(path), cure)
    if manifest.id != name:
        raise ModelError(f"{path} is damaged: it is of the bundle {manifest.id}; {cure}")
    return manifest


def read_manifests(home: Path) -> tuple[dict[str, Manifest], dict[str, str]]:
    """The manifests of all bundles by id, oldest first, and what is wrong with those that cannot be read."""
    manifests, problems = {}, {}
    for name in bundle_names(home):
        try:
            manifests[name] = read_manifest(home, name)
        except ModelError as error:
            problems[name] = str(error)
    return dict(sorted(manifests.items(), key=lambda item: item[1].created)), problems


def check_files(home: Path, manifest: Manifest) -> None:
    """Hold every file of a bundle against its SHA-256 in the manifest.

    Raises
    ------
    ModelError
        Naming the first file that is missing or not the one that was trained.
    """
    for relative, digest in manifest.files.items():
        path = home / relative
        problem = "is missing" if not path.is_file() else "is damaged (SHA-256 differs)"
        if not path.is_file() or sha256_of(path) != digest:
            raise ModelError(
                f"bundle {manifest.id}: {path} {problem}; "
                f"put a copy back, or make it again: rm -r {path.parent} && rubrika train"
            )


def file_digests(home: Path, fingerprints: Iterable[str]) -> dict[str, str]:
    """SHA-256 of every file of some heads, by path under the home."""
    files = (file for name in fingerprints for file in (home / "heads" / name).iterdir())
    return {file.relative_to(home).as_posix(): sha256_of(file) for file in sorted(files)}
