"""Export and import: a bundle leaves as one archive, and comes in only when everything about it has been checked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models.bundles.archive import pack, unpack
from models.bundles.load import load_bundle
from models.bundles.manifest import Manifest
from models.bundles.manifests import bundle_names, write_manifest
from models.bundles.probe import require_usable
from models.files import write_atomically
from models.fingerprint import sha256_of
from pipeline.bundles.card import write_card
from pipeline.bundles.open_bundle import open_manifest
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home


@dataclass(frozen=True)
class Exported:
    """The bundle, the file it is in now, and the file's size in bytes."""

    bundle: str
    file: Path
    size: int


@dataclass(frozen=True)
class ImportedBundle:
    """The bundle that came in, its categories, and whether it was here already."""

    bundle: str
    categories: tuple[str, ...]
    known: bool


def export_archive(home: Home, name: str, file: Path) -> Exported:
    """Write a bundle's manifest and heads into one .tar.gz.

    Raises
    ------
    ModelError
        When there is no such bundle, or one of its files is damaged.
    PipelineError
        When the file exists (exit code 2).
    """
    refuse_existing(file)
    manifest = open_manifest(home, name)
    packed = pack(home.path, manifest)
    write_atomically(file, packed)
    return Exported(manifest.id, file, len(packed))


def import_archive(home: Home, file: Path) -> ImportedBundle:
    """Check everything in an archive and put the bundle beside the others; which one serves does not change.

    The heads are moved in before the manifest, and without a manifest there is no bundle: interrupted, this leaves
    nothing that can be asked.

    Raises
    ------
    ModelError
        When the archive, or anything in it, is damaged or foreign.
    PipelineError
        When the file does not exist (exit code 2), or a head is here already with other contents.
    """
    if not file.is_file():
        raise PipelineError(f"no file {file}; make one with: rubrika bundle export ID FILE.tar.gz", exit_code=2)
    with drafted(home.path) as draft:
        manifest = unpack(file, draft)
        name, categories = manifest.id, tuple(manifest.categories)
        if name in bundle_names(home.path):
            return ImportedBundle(name, categories, known=True)
        require_usable(load_bundle(draft, name).heads, str(file))
        put_in_place(home.path, draft, manifest)
    write_card(home, name)
    return ImportedBundle(name, categories, known=False)


def put_in_place(home: Path, draft: Path, manifest: Manifest) -> None:
    """Move a checked bundle's heads, then write its manifest."""
    for relative, digest in manifest.files.items():
        folder = (home / relative).parent
        if folder.exists() and (not (home / relative).is_file() or sha256_of(home / relative) != digest):
            raise PipelineError(
                f"{home / relative} is not the file of bundle {manifest.id}: this home trained that head itself, "
                "with other results; import into another home with --home"
            )
    for head in manifest.heads:
        target = home / "heads" / head
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            (draft / "heads" / head).rename(target)
    write_manifest(home, manifest)


def refuse_existing(file: Path) -> None:
    """Refuse to overwrite."""
    if file.exists():
        raise PipelineError(f"{file} exists; name another file, or remove it first", exit_code=2)


@contextmanager
def drafted(home: Path) -> Iterator[Path]:
    """A folder on the home's own disk, gone afterwards, from which a move is one step."""
    draft = home / f".import.{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
