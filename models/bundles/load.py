"""Bundles: the heads that serve together, loaded only after every file has been held against the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.bundles.manifests import check_files, read_manifest
from models.heads.files import load_head
from models.heads.head import Head


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
