"""The pool as the store has it: embedded articles outside the test, people's and models' labels, the newest heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from models.arrays import Reals
from models.bundles.load import Bundle
from models.bundles.names import newest_name
from models.splits import TEST
from models.suggestion.pool import Pool
from pipeline.bundles.open_bundle import open_bundle
from pipeline.embed.views import Views, open_views
from pipeline.improve.suggest.judges import Judges
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.labels import Labels
from store.splits import Splits


@dataclass(frozen=True)
class StoredPool:
    """The articles outside the test, ordered by id, with the heads that were asked.

    Parameters
    ----------
    ids
        (n,) str.
    bundle
        The bundle of the heads; None where there is none for the store's encoder.
    """

    ids: npt.NDArray[np.str_]
    pool: Pool
    bundle: str | None

    def among(self, ids: Sequence[str]) -> StoredPool:
        """The same pool with nothing to choose from but some articles."""
        wanted = np.isin(self.ids, np.array(list(ids), dtype=self.ids.dtype))
        return replace(self, pool=replace(self.pool, choosable=self.pool.choosable & wanted))


def read_pool(home: Home, settings: Settings, keys: Sequence[str]) -> StoredPool:
    """Read the pool for some categories; every article that lacks a label for any of them can be chosen.

    Raises
    ------
    PipelineError
        When nothing is embedded.
    ModelError
        When the newest bundle is damaged.
    """
    views = open_views(home)
    outside = outside_test(home, views)
    names = outside["id"].combine_chunks()
    ids = names.to_numpy(zero_copy_only=False).astype(str)
    labels = current_labels(home, ids, keys)
    bundle = newest_bundle(home, views)
    heads = {key: head for key, head in (bundle.heads if bundle else {}).items() if key in keys}
    vectors = views.vectors.get(names)
    choosable = np.asarray(np.isnan(labels).any(axis=1))
    judges = Judges(keys, heads, settings.categories)
    probability, match = judges.of(names, vectors, views, np.flatnonzero(choosable))
    clusters = outside["cluster"].to_numpy(zero_copy_only=False).astype(str)
    pool = Pool(vectors, clusters, labels, probability, judges.thresholds(), match, choosable)
    return StoredPool(ids, pool, bundle.id if bundle and heads else None)


def outside_test(home: Home, views: Views) -> pa.Table:
    """``id`` and ``cluster`` of the embedded articles outside the test, ordered by id."""
    splits = Splits(home.db).all()
    embedded = pc.is_in(splits["id"], value_set=views.vectors.ids())
    return splits.filter(pc.and_(embedded, pc.not_equal(splits["part"], TEST))).sort_by("id")


def current_labels(home: Home, ids: npt.NDArray[np.str_], keys: Sequence[str]) -> Reals:
    """(n, n_keys): 1.0, 0.0 or NaN. What was only propagated from neighbours is not known."""
    rows = Labels(home.db).given()
    labels = np.full((len(ids), len(keys)), np.nan)
    place = pc.index_in(rows["article_id"], value_set=pa.array(ids.tolist(), pa.string()))
    column = pc.index_in(rows["category"], value_set=pa.array(list(keys), pa.string()))
    inside = pc.and_(pc.is_valid(place), pc.is_valid(column))
    at = (place.filter(inside).to_numpy().astype(np.intp), column.filter(inside).to_numpy().astype(np.intp))
    labels[at] = rows["value"].filter(inside).to_numpy()
    return labels


def newest_bundle(home: Home, views: Views) -> Bundle | None:
    """The bundle that was trained last under the keys of now, if it was made for the store's views."""
    name = newest_name(home.path)
    if name is None:
        return None
    bundle = open_bundle(home, name)
    return bundle if bundle.manifest.made_for(views.identity()) else None
