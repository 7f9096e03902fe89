"""Bundles: the heads that serve together, loaded only after every file has been held against the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.bundles.manifest import Manifest
from models.bundles.manifests import check_files, read_manifest
from models.encoders.spec import EncoderSpec
from models.heads.files import load_head
from models.heads.head import Head


@dataclass(frozen=True)
class Bundle:
    """A bundle read back and checked.

    Parameters
    ----------
    manifest
        What it consists of.
    heads
        Category key → head, in the manifest's order.
    """

    manifest: Manifest
    heads: Mapping[str, Head]

    @property
    def id(self) -> str:
        """Fingerprint of what it consists of."""
        return self.manifest.id

    @property
    def encoder(self) -> EncoderSpec:
        """What its heads' vectors are made with."""
        return self.manifest.encoder

    @property
    def titles(self) -> dict[str, str]:
        """Category → title, in the manifest's order."""
        return self.manifest.titles

    @property
    def promised(self) -> dict[str, float]:
        """Category → the precision promised for it, in (0, 1)."""
        return self.manifest.promised

    @property
    def dim(self) -> int:
        """Components of the vectors that its heads read."""
        return next(iter(self.heads.values())).scorer.dim

    def under(self, keys: Mapping[str, str]) -> Bundle:
        """The same bundle with its categories under other keys, as they are called now."""
        return Bundle(self.manifest.under(keys), {keys[key]: head for key, head in self.heads.items()})


def load_bundle(home: Path, name: str) -> Bundle:
    """Read a bundle's heads after checking every file against the manifest.

    Raises
    ------
    ModelError
        When a file is missing, changed or damaged; it is named.
    """
    manifest = read_manifest(home, name)
    check_files(home, manifest)
    heads = {key: load_head(home / "heads" / category.fingerprint) for key, category in manifest.categories.items()}
    return Bundle(manifest, heads)
