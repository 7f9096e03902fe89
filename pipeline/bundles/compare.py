"""Comparing bundles: on the same test articles, measured now, and only the heads that they do not share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from models.bundles.manifest import Manifest
from pipeline.bundles.keys_of_now import by_key_of_now
from pipeline.setup.home import Home


@dataclass(frozen=True)
class Comparison:
    """Two bundles on the same test articles.

    Parameters
    ----------
    categories
        Category → average precision before and after, of the categories both have with different heads; NaN where it
        cannot be measured.
    common
        Number of categories both have that can be measured: those with test articles in them and outside. The heads
        that are the same in both change nothing.
    gone, added
        Categories that only the earlier has, and only the later.
    """

    categories: Mapping[str, tuple[float, float]]
    common: int
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def change(self) -> float:
        """Change of the macro average precision over the categories both have."""
        changes = [after - before for before, after in self.categories.values() if not math.isnan(after - before)]
        return sum(changes) / self.common if changes else 0.0

    def losses(self) -> list[str]:
        """The categories that got worse in words, the worst first."""
        worst = sorted(self.categories.items(), key=lambda item: item[1][1] - item[1][0])
        return [f"{key} {before:.3f} → {after:.3f}" for key, (before, after) in worst if after < before]


def compare(home: Home, before: Manifest, after: Manifest) -> Comparison:
    """Measure the heads that two bundles do not share, on the same test articles.

    Raises
    ------
    ModelError, StoreError, PipelineError
        When a head is damaged, or the test articles have no features of a bundle's encoder.
    """
    keys_before, keys_after = by_key_of_now(home, before), by_key_of_now(home, after)
    common = [key for key in keys_after if key in keys_before]
    apart = (
        tuple(key for key in keys_before if key not in common),
        tuple(key for key in keys_after if key not in common),
    )
    changed = [
        key
        for key in common
        if before.categories[keys_before[key]].fingerprint != after.categories[keys_after[key]].fingerprint
    ]
    if not changed:
        return Comparison({}, len(common), *apart)
    from pipeline.bundles.held_out import HeldOut

    held_out = HeldOut(home, common)
    measured = {
        key: (
            held_out.measure(before, keys_before[key], key).average_precision,
            held_out.measure(after, keys_after[key], key).average_precision,
        )
        for key in changed
        if held_out.tells(key)
    }
    unknown = dict.fromkeys(changed, (math.nan, math.nan))
    return Comparison(unknown | measured, sum(map(held_out.tells, common)), *apart)
