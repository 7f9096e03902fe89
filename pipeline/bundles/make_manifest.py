"""Making a manifest: everything needed to know what serves and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from models.bundles.manifest import Manifest
from models.bundles.manifest_check import sealed
from models.bundles.manifests import file_digests, read_manifest, read_manifests
from models.bundles.names import newest_name
from models.errors import ModelError
from models.heads.files import describe, load_head
from pipeline.bundles.keys_of_now import keys_now
from pipeline.embed.views import Views
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings

LIBRARIES = (
    "rubrika", "numpy", "scipy", "scikit-learn", "lightgbm", "safetensors",
    "torch", "transformers", "sentence-transformers", "PyStemmer",
)  # fmt: skip


@dataclass(frozen=True)
class HeadSource:
    """Which head a category has and what it learned from.

    Parameters
    ----------
    head
        Fingerprint of the head, its folder under ``heads``.
    labels
        Fingerprint of the labelled articles outside the test; empty where an early bundle did not say.
    """

    head: str
    labels: str


def make_manifest(home: Home, settings: Settings, views: Views, heads: Mapping[str, HeadSource]) -> Manifest:
    """Describe the bundle of the given heads.

    Raises
    ------
    ModelError
        When a head that was trained earlier is damaged now.
    """
    digests = file_digests(home.path, sorted({source.head for source in heads.values()}))
    require_unchanged(home, digests)
    categories = {
        key: {
            "title": settings.categories[key].title,
            "description": settings.categories[key].description,
            "fingerprint": heads[key].head,
            "labels": heads[key].labels,
            **describe(load_head(home.path / "heads" / heads[key].head)),
        }
        for key in settings.categories
        if key in heads
    }
    return sealed(
        {
            "created_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "encoder": views.spec.to_dict(),
            "views": views.identity(),
            "categories": categories,
            "files": digests,
            "libraries": {name: version(name) for name in LIBRARIES},
            "settings": settings.model_dump(mode="json", include={"split", "train", "threshold"})
            | {"policies": {key: policy_of(settings, key) for key in categories}},
        }
    )


def require_unchanged(home: Home, digests: Mapping[str, str]) -> None:
    """Refuse a file that an earlier bundle knows with other bytes: a new manifest must not make damage official."""
    for name, manifest in read_manifests(home.path)[0].items():
        for path in manifest.files.keys() & digests.keys():
            if manifest.files[path] != digests[path]:
                folder = (home.path / path).parent
                raise ModelError(
                    f"{home.path / path} is damaged (SHA-256 differs from bundle {name}); "
                    f"put a copy back, or make it again: rm -r {folder} && rubrika train"
                )


def newest_heads(home: Home, views: Views) -> dict[str, HeadSource]:
    """The heads of the newest bundle by the keys of now, if it was made for the same views."""
    name = newest_name(home.path)
    if name is None:
        return {}
    manifest = read_manifest(home.path, name)
    if not manifest.made_for(views.identity()):
        return {}
    now = keys_now(home, manifest)
    return {
        now[key]: HeadSource(category.fingerprint, category.labels or "")
        for key, category in manifest.categories.items()
    }


def policy_of(settings: Settings, key: str) -> dict[str, Any]:
    """The threshold policy that a category's head was fitted under: its own, else the common one."""
    category = settings.categories[key]
    return {
        "policy": category.policy or settings.threshold.policy,
        "precision": category.precision or settings.threshold.precision,
    }
