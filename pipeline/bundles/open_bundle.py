"""Opening: a bundle by any name a person gives it, checked, its categories under the keys that they have now."""

from __future__ import annotations

from models.bundles.load import Bundle, load_bundle
from models.bundles.manifest import Manifest
from models.bundles.manifests import read_manifest
from models.bundles.names import find_bundle
from pipeline.bundles.keys_of_now import keys_now
from pipeline.setup.home import Home


def open_bundle(home: Home, name: str) -> Bundle:
    """Find a bundle, check its files, load its heads, and call its categories as they are called now.

    Parameters
    ----------
    name
        An id, its first digits, ``newest`` or ``current``.

    Raises
    ------
    ModelError
        When there is no such bundle (exit code 2), or it is damaged.
    """
    bundle = load_bundle(home.path, find_bundle(home.path, name))
    return bundle.under(keys_now(home, bundle.manifest))


def open_manifest(home: Home, name: str) -> Manifest:
    """Find a bundle and read its manifest as it was written: no head is loaded, no file checked, no key renamed.

    Raises
    ------
    ModelError
        When there is no such bundle (exit code 2), or its manifest is damaged.
    """
    return read_manifest(home.path, find_bundle(home.path, name))
