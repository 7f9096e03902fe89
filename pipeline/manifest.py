"""The manifest of a bundle: everything needed to know what serves and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from models import bundles
from models.heads.files import describe, load_head
from pipeline.config import Settings
from pipeline.home import Home
from pipeline.views import Views

LIBRARIES = ("rubrika", "numpy", "scipy", "scikit-learn", "lightgbm", "safetensors")


def make_manifest(home: Home, settings: Settings, views: Views, heads: Mapping[str, str]) -> dict[str, Any]:
    """Describe the bundle of the given heads.

    Parameters
    ----------
    heads
        Category key → fingerprint of its head under ``heads``.
    """
    categories = {
        key: {
            "title": settings.categories[key].title,
            "description": settings.categories[key].description,
            "fingerprint": heads[key],
            **describe(load_head(home.path / "heads" / heads[key])),
        }
        for key in settings.categories
        if key in heads
    }
    encoder = views.spec.to_dict()
    return {
        "protocol": bundles.PROTOCOL,
        "id": bundles.bundle_id(encoder, views.identity(), categories),
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "encoder": encoder,
        "views": views.identity(),
        "categories": categories,
        "files": bundles.file_digests(home.path, sorted(set(heads.values()))),
        "libraries": {name: version(name) for name in LIBRARIES},
        "settings": settings.model_dump(mode="json", include={"split", "train", "threshold"}),
    }


def newest_heads(home: Home, views: Views) -> dict[str, str]:
    """The heads of the newest bundle that was made for the same views."""
    names = bundles.bundle_names(home.path)
    if not names:
        return {}
    manifest = bundles.read_manifest(home.path, names[-1])
    if manifest["views"] != views.identity():
        return {}
    return {key: said["fingerprint"] for key, said in manifest["categories"].items()}
