"""Earlier: the bundle that an evaluation is put beside, named by a person or chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.bundles.load import Bundle
from models.bundles.manifest import Manifest
from models.bundles.manifests import read_manifests
from models.bundles.names import current_name
from models.errors import ModelError
from pipeline.bundles.keys_of_now import by_key_of_now
from pipeline.bundles.open_bundle import open_bundle
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home

NONE = "none"


def earlier_bundle(home: Home, name: str | None, bundle: Bundle, say: Callable[[str], None]) -> Bundle | None:
    """Load the bundle to compare with, its categories under their keys of now.

    Parameters
    ----------
    name
        The bundle; ``none``: no comparison; None: the one that serves if it is another, else the newest older one,
        whichever has the same encoder and a category in common; one that is damaged is passed over.
    say
        Called with a line about a bundle passed over.

    Raises
    ------
    ModelError
        When there is no such bundle, or the named one is damaged.
    PipelineError
        When the named one is the bundle itself, or shares no category with it (exit code 2).
    """
    if name == NONE:
        return None
    return load_named(home, name, bundle) if name else first_comparable(home, bundle, say)


def load_named(home: Home, name: str, bundle: Bundle) -> Bundle:
    """Load the bundle that a person named."""
    earlier = open_bundle(home, name)
    if earlier.id == bundle.id:
        raise PipelineError(f"bundle {bundle.id} is the one evaluated; compare with another: rubrika bundle list", 2)
    if not earlier.heads.keys() & bundle.heads.keys():
        keys = ", ".join(earlier.heads)
        raise PipelineError(f"bundle {earlier.id} has none of these categories, it has {keys}: rubrika bundle list", 2)
    return earlier


def first_comparable(home: Home, bundle: Bundle, say: Callable[[str], None]) -> Bundle | None:
    """Load the first candidate that can be compared; None without any."""
    for manifest in worth_comparing(home, bundle.id):
        shared = by_key_of_now(home, manifest).keys() & bundle.heads.keys()
        if not shared or manifest.views != bundle.manifest.views:
            continue
        try:
            return open_bundle(home, manifest.id)
        except ModelError as error:
            say(f"not compared with bundle {manifest.id}: {error}")
    return None


def worth_comparing(home: Home, name: str) -> Iterator[Manifest]:
    """The manifest of the bundle that serves, if it is another than ``name``, then the older ones, newest first."""
    manifests = read_manifests(home.path)[0]
    current = current_name(home.path)
    if current in manifests and current != name:
        yield manifests[current]
    ids = list(manifests)
    older = ids[: ids.index(name)]
    yield from (manifests[older_name] for older_name in reversed(older) if older_name != current)
