"""Resemblance: how many articles of the test's time are like those that were labelled, whether labelled or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from models.arrays import Strings, Truth
from models.likeness import like_labelled
from models.splits import TEST
from pipeline.bundles.provenance import by_lot
from pipeline.embed.labelled import Labelled, all_ids
from pipeline.embed.views import Views
from pipeline.setup.home import Home
from store.splits import Splits

MOST_OF_A_SIDE = 2_000  # labelled and unlabelled articles, each by lot


@dataclass(frozen=True)
class Resemblance:
    """Shares of the articles of the test's part that are like those labelled for a category, and for every one."""

    categories: Mapping[str, float]
    everywhere: float


@dataclass(frozen=True)
class Side:
    """A lot of the labelled, or of the other, articles of a home.

    Parameters
    ----------
    ids, clusters, is_test
        (n,) of the lot.
    tests
        How many articles of the test's part there are on this side, in the lot or not.
    """

    ids: Strings
    clusters: Strings
    is_test: Truth
    tests: int


def resemblance(home: Home, views: Views, sets: Mapping[str, Labelled]) -> Resemblance:
    """Measure it; articles labelled in the test are labelled ones, for they were checked.

    The lots of both sides are weighed by how many articles each side has.
    """
    sides = both_sides(home, views, sets)
    ids, clusters = (np.concatenate([getattr(side, name) for side in sides]) for name in ("ids", "clusters"))
    dense = views.vectors.get(pa.array(ids.tolist(), pa.string()))
    like = {key: like_labelled(dense, clusters, np.isin(ids, rows.ids)) for key, rows in sets.items()}
    is_test = np.concatenate([side.is_test for side in sides])
    weights = np.concatenate([np.full(side.is_test.sum(), side.tests / max(side.is_test.sum(), 1)) for side in sides])

    def share(alike: Truth) -> float:
        return float(np.average(alike[is_test], weights=weights)) if is_test.any() else 1.0

    return Resemblance(
        {key: share(alike) for key, alike in like.items()}, share(np.logical_and.reduce(list(like.values())))
    )


def both_sides(home: Home, views: Views, sets: Mapping[str, Labelled]) -> tuple[Side, Side]:
    """The articles with a label of any of the categories, and the other embedded ones."""
    splits = Splits(home.db).all().sort_by("id")
    names, clusters, parts = (
        splits[name].to_numpy(zero_copy_only=False).astype(str) for name in ("id", "cluster", "part")
    )
    embedded = np.isin(names, views.vectors.ids().to_numpy(zero_copy_only=False).astype(str))
    is_labelled = np.isin(names, all_ids(sets).to_numpy(zero_copy_only=False).astype(str))

    def side(rows: Truth) -> Side:
        drawn = by_lot(pa.array(names[rows].tolist(), pa.string()), MOST_OF_A_SIDE)
        at = np.searchsorted(names, drawn.to_numpy(zero_copy_only=False).astype(str))
        return Side(names[at], clusters[at], parts[at] == TEST, int((parts[rows] == TEST).sum()))

    return side(embedded & is_labelled), side(embedded & ~is_labelled)
