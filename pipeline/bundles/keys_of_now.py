"""Renamed: what an older bundle called a category, understood under the key that the category has now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.setup.home import Home
from store.renames import Renames

if TYPE_CHECKING:
    from models.bundles.load import Bundle


def keys_now(home: Home, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Map a bundle's category keys to those of now: a bundle is never changed, its categories may be renamed."""
    keys = {key: key for key in manifest["categories"]}
    for old, new in Renames(home.db).since(datetime.fromisoformat(manifest["created_at"])):
        keys = {before: new if now == old else now for before, now in keys.items()}
    return keys


def under_keys_of_now(home: Home, bundle: Bundle) -> Bundle:
    """A bundle whose categories have their keys of now, by which they are labelled."""
    now = keys_now(home, bundle.manifest)
    categories = {now[key]: said for key, said in bundle.manifest["categories"].items()}
    heads = {now[key]: head for key, head in bundle.heads.items()}
    settings = bundle.manifest["settings"]
    policies = {now.get(key, key): said for key, said in settings.get("policies", {}).items()}
    manifest = {**bundle.manifest, "categories": categories, "settings": {**settings, "policies": policies}}
    return replace(bundle, manifest=manifest, heads=heads)
