"""Provenance of the heads in a home: their labels by source, and their verdicts on a lot of all articles."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from models.arrays import Truth
from models.features import Features
from models.heads.head import Head
from models.provenance import Provenance, provenance
from pipeline.embed.labelled import Labelled, all_ids
from pipeline.embed.views import Views
from pipeline.setup.home import Home
from store.articles import Articles

MOST_ARTICLES = 2_000  # by lot: a share of them is known to 2 in a hundred


def provenance_of_heads(
    home: Home,
    views: Views,
    heads: Mapping[str, Head],
    sets: Mapping[str, Labelled],
    like: Mapping[str, float] | None = None,
) -> dict[str, Provenance]:
    """Gather every category's facts.

    Parameters
    ----------
    sets
        Category → its labelled articles outside the test.
    like
        Category → share of the articles of the test's time that are like the labelled ones, where it was measured.
    """
    ids = all_ids(sets)
    sources = dict(zip(ids.to_pylist(), Articles(home.db).get(ids, ["source"])["source"].to_pylist(), strict=True))
    features = views.features(by_lot(views.vectors.ids(), MOST_ARTICLES))
    return {
        key: provenance(
            sets[key].truth,
            np.array([sources[name] for name in sets[key].ids.tolist()]),
            says_yes(head, features),
            like[key] if like else None,
        )
        for key, head in heads.items()
    }


def says_yes(head: Head, features: Features) -> Truth:
    """Whether a head says yes to each of some articles."""
    return np.asarray(head.verdicts(features, head.probability(features)) == "yes")


def by_lot(ids: pa.Array, most: int) -> pa.Array:
    """At most so many of some ids, the same ones each time whatever order they come in."""
    names = np.sort(ids.to_numpy(zero_copy_only=False).astype(str))
    drawn = np.random.default_rng(0).choice(len(names), min(len(names), most), replace=False)
    return pa.array(names[np.sort(drawn)].tolist(), pa.string())
