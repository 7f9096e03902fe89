"""The pool as the store has it: embedded articles outside the test, people's and models' labels, the newest heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp
from scipy.special import expit, logit

from models.arrays import Floats, Reals, Rows
from models.bundles.load import Bundle
from models.bundles.names import newest_name
from models.features import Features
from models.heads.head import Head
from models.lexical.counts import lexical_counts
from models.splits import TEST
from models.suggestion.guess import matches
from models.suggestion.pool import Pool
from models.thresholds import Decision
from pipeline.bundles.open_bundle import open_bundle
from pipeline.embed.views import Views, open_views
from pipeline.setup.home import Home
from pipeline.setup.settings import Category, Settings
from store.labels import Labels
from store.splits import Splits

CHUNK_ROWS = 20_000
SUREST = 0.05  # a threshold nearer to 0 or 1 would call nothing uncertain


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


def open_pool(home: Home, settings: Settings, keys: Sequence[str]) -> StoredPool:
    """Read the pool for some categories; every article that lacks a label for any of them can be chosen.

    Raises
    ------
    PipelineError
        When nothing is embedded.
    ModelError
        When the newest bundle is damaged.
    """
    views = open_views(home)
    found = outside_test(home, views)
    names = found["id"].combine_chunks()
    ids = names.to_numpy(zero_copy_only=False).astype(str)
    labels = current_labels(home, ids, keys)
    bundle = newest_bundle(home, views)
    heads = {key: head for key, head in (bundle.heads if bundle else {}).items() if key in keys}
    vectors = views.vectors.get(names)
    choosable = np.asarray(np.isnan(labels).any(axis=1))
    asked = Asked(keys, heads, settings.categories)
    probability, match = asked.about(names, vectors, views, np.flatnonzero(choosable))
    clusters = found["cluster"].to_numpy(zero_copy_only=False).astype(str)
    thresholds = np.array([turning_point(heads[key].decision) if key in heads else 0.5 for key in keys])
    pool = Pool(vectors, clusters, labels, probability, thresholds, match, choosable)
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
    known = pc.and_(pc.is_valid(place), pc.is_valid(column))
    at = (place.filter(known).to_numpy().astype(np.intp), column.filter(known).to_numpy().astype(np.intp))
    labels[at] = rows["value"].filter(known).to_numpy()
    return labels


def newest_bundle(home: Home, views: Views) -> Bundle | None:
    """The bundle that was trained last under the keys of now, if it was made for the store's views."""
    name = newest_name(home.path)
    if name is None:
        return None
    bundle = open_bundle(home, name)
    return bundle if bundle.manifest.made_for(views.identity()) else None


def turning_point(decision: Decision) -> float:
    """The probability at which a verdict turns: the middle, in log-odds, of the thresholds for yes and no."""
    turns = np.clip([decision.yes, decision.no], SUREST, 1 - SUREST)
    return float(expit(logit(turns).mean()))


@dataclass(frozen=True)
class Asked:
    """What is asked of every article: the heads, and the words of the categories that have none."""

    keys: Sequence[str]
    heads: Mapping[str, Head]
    categories: Mapping[str, Category]

    def about(self, names: pa.Array, vectors: Floats, views: Views, rows: Rows) -> tuple[Reals, Reals]:
        """Probabilities and matches of some rows, (n, n_keys) each, the lexical view read in chunks."""
        said = np.full((len(names), len(self.keys)), np.nan)
        match = np.zeros_like(said)
        descriptions = self.descriptions()
        for chunk in chunks(rows):
            features = Features(vectors[chunk], views.lexical.get(names.take(pa.array(chunk))))
            for column, key in enumerate(self.keys):
                if key in self.heads:
                    said[chunk, column] = self.heads[key].probability(features)
            if len(self.heads) < len(self.keys):
                match[chunk] = matches(features, descriptions)
        return said, match

    def descriptions(self) -> dict[str, sp.csr_matrix]:
        """Counts of title and description of the categories without a head, nothing of the others."""
        return lexical_counts(
            [
                "" if key in self.heads else f"{self.categories[key].title}\n{self.categories[key].description}"
                for key in self.keys
            ]
        )


def chunks(rows: Rows) -> Iterator[Rows]:
    """Some thousands of rows at a time."""
    return (rows[start : start + CHUNK_ROWS] for start in range(0, len(rows), CHUNK_ROWS))
