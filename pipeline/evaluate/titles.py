"""Titles: how the categories of a bundle are called on its pages."""

from __future__ import annotations

from models.bundles.load import Bundle


def titles_of(bundle: Bundle) -> dict[str, str]:
    """Category → title."""
    return {key: str(category["title"]) for key, category in bundle.manifest["categories"].items()}
