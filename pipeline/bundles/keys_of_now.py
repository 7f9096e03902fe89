"""Renamed: the keys that an older bundle's categories have now; a bundle is never changed, its categories may be."""

from __future__ import annotations

from models.bundles.manifest import Manifest
from pipeline.setup.home import Home
from store.renames import Renames


def keys_now(home: Home, manifest: Manifest) -> dict[str, str]:
    """Map a bundle's category keys to those of now, by which its categories are labelled."""
    keys = {key: key for key in manifest.categories}
    for old, new in Renames(home.db).since(manifest.created):
        keys = {before: new if now == old else now for before, now in keys.items()}
    return keys


def by_key_of_now(home: Home, manifest: Manifest) -> dict[str, str]:
    """A bundle's categories the other way around: the key of now → the key in the bundle."""
    return {now: key for key, now in keys_now(home, manifest).items()}
