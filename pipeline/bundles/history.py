"""History: every bundle on the same test articles, measured now, and what changed from one to the next."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from models.bundles.manifest import Manifest
from models.bundles.manifests import read_manifests
from models.bundles.names import current_name
from models.errors import ModelError
from pipeline.bundles.diff import Difference, difference
from pipeline.bundles.held_out import HeldOut
from pipeline.bundles.keys_of_now import by_key_of_now
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from store.errors import StoreError


@dataclass(frozen=True)
class Iteration:
    """One bundle in the history.

    Parameters
    ----------
    bundle, created_at, current
        Its name, when it was trained (ISO 8601, UTC) and whether it serves.
    macro_average_precision
        Mean over its categories where it is defined; None where none is.
    average_precision
        Category, by its key of now → average precision on the labelled test articles of now; None where undefined.
    changed
        What changed against the bundle before; None for the first.
    problem
        Why it could not be measured; empty when it could.
    """

    bundle: str
    created_at: str
    current: bool
    macro_average_precision: float | None
    average_precision: Mapping[str, float | None]
    changed: Difference | None
    problem: str = ""


def history(home: Home) -> list[Iteration]:
    """Measure every bundle on the test articles as they are labelled now, oldest first.

    Bundles that cannot be read are in ``rubrika bundle list``, not here.

    Raises
    ------
    PipelineError
        When there is no bundle.
    """
    manifests = list(read_manifests(home.path)[0].values())
    if not manifests:
        raise PipelineError(f"no bundle in {home.path} yet; run: rubrika train")
    keys = sorted({now for manifest in manifests for now in by_key_of_now(home, manifest)})
    held_out = HeldOut(home, keys)
    current = current_name(home.path)
    changes = [None, *(difference(home, *pair) for pair in pairwise(manifests))]
    return [
        iteration(home, held_out, manifest, changed, current=manifest.id == current)
        for manifest, changed in zip(manifests, changes, strict=True)
    ]


def iteration(
    home: Home, held_out: HeldOut, manifest: Manifest, changed: Difference | None, *, current: bool
) -> Iteration:
    """Measure one bundle; one whose heads or features are gone keeps its row, with the reason."""
    problem = ""
    try:
        measured = {
            now: held_out.measure(manifest, key, now).average_precision
            for now, key in by_key_of_now(home, manifest).items()
        }
    except (ModelError, PipelineError, StoreError) as error:
        measured, problem = {}, str(error)
    defined = [value for value in measured.values() if not math.isnan(value)]
    return Iteration(
        manifest.id,
        manifest.created_at,
        current,
        sum(defined) / len(defined) if defined else None,
        {now: None if math.isnan(value) else value for now, value in measured.items()},
        changed,
        problem,
    )
