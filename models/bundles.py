"""Bundles: the heads that serve together, named by what they are, each file's SHA-256 in the manifest."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import ModelError
from models.fingerprint import fingerprint, readable_json, sha256_of
from models.heads.files import load_head
from models.heads.head import Head

PROTOCOL = 1
MANIFEST_FILE = "manifest.json"
CURRENT_FILE = "current"


@dataclass(frozen=True)
class Bundle:
    """A bundle read back and checked.

    Parameters
    ----------
    id
        Fingerprint of what it consists of.
    manifest
        What ``manifest.json`` says.
    heads
        Category key → head, in the manifest's order.
    """

    id: str
    manifest: Mapping[str, Any]
    heads: Mapping[str, Head]


def bundle_id(encoder: Mapping[str, Any], views: Mapping[str, Any], categories: Mapping[str, Any]) -> str:
    """Name a bundle by its encoder, its views and its categories' titles and heads."""
    heads = {key: [said["title"], said["fingerprint"]] for key, said in categories.items()}
    return fingerprint({"protocol": PROTOCOL, "encoder": encoder, "views": views, "heads": heads})[:12]


def file_digests(home: Path, fingerprints: list[str]) -> dict[str, str]:
    """SHA-256 of every file of some heads, by path under the home."""
    files = (file for name in fingerprints for file in (home / "heads" / name).iterdir())
    return {file.relative_to(home).as_posix(): sha256_of(file) for file in sorted(files)}


def write_manifest(home: Path, manifest: Mapping[str, Any]) -> None:
    """Write a bundle's manifest whole or not at all; one that is there already stays as it is."""
    path = home / "bundles" / manifest["id"] / MANIFEST_FILE
    if not path.exists():
        write_atomically(path, readable_json(manifest))


def read_manifest(home: Path, name: str) -> dict[str, Any]:
    """Read a bundle's manifest.

    Raises
    ------
    ModelError
        When there is no such bundle (exit code 2), or its manifest is damaged or of a later protocol.
    """
    path = home / "bundles" / name / MANIFEST_FILE
    if not path.is_file():
        there = ", ".join(bundle_names(home)) or "none yet; run: rubrika train"
        raise ModelError(f"no bundle {name!r}; there are: {there}", exit_code=2)
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        protocol = manifest["protocol"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged ({error}); train again: rubrika train") from error
    if protocol > PROTOCOL:
        raise ModelError(f"{path} is of protocol {protocol}, this version reads up to {PROTOCOL}; upgrade rubrika")
    return manifest


def load_bundle(home: Path, name: str) -> Bundle:
    """Read a bundle's heads after checking every file against the manifest.

    Raises
    ------
    ModelError
        When a file is missing, changed or damaged; it is named.
    """
    manifest = read_manifest(home, name)
    check_files(home, manifest)
    heads = {key: load_head(home / "heads" / said["fingerprint"]) for key, said in manifest["categories"].items()}
    return Bundle(name, manifest, heads)


def check_files(home: Path, manifest: Mapping[str, Any]) -> None:
    """Compare every file with its SHA-256 in the manifest."""
    for relative, digest in manifest["files"].items():
        path = home / relative
        if not path.is_file():
            raise ModelError(f"bundle {manifest['id']}: {path} is missing; train again: rubrika train")
        if sha256_of(path) != digest:
            raise ModelError(f"bundle {manifest['id']}: {path} is not the file that was trained (SHA-256 differs)")


def bundle_names(home: Path) -> list[str]:
    """All bundles, oldest first."""
    manifests = sorted((home / "bundles").glob(f"*/{MANIFEST_FILE}"), key=lambda path: path.stat().st_mtime_ns)
    return [path.parent.name for path in manifests]


def current_name(home: Path) -> str | None:
    """The bundle that serves, or None."""
    path = home / "bundles" / CURRENT_FILE
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


def set_current(home: Path, name: str) -> None:
    """Make a bundle the one that serves, in one step."""
    write_atomically(home / "bundles" / CURRENT_FILE, name + "\n")


def write_atomically(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
