"""Examples: the labelled articles of each category with their parts, as training and evaluation take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from models.arrays import Strings
from models.features import Features
from models.fingerprint import fingerprint
from models.heads.head import Examples
from models.splits import TEST, VALIDATION
from pipeline.setup.home import Home
from store.labels import Labels
from store.splits import Splits


@dataclass(frozen=True)
class Labelled:
    """One category's labelled articles that have been embedded, ordered by id.

    Parameters
    ----------
    ids, parts, clusters
        (n,) article ids, parts and near-duplicate clusters.
    truth
        (n,) bool.
    """

    ids: Strings
    truth: npt.NDArray[np.bool_]
    parts: Strings
    clusters: Strings

    def where(self, rows: npt.NDArray[np.bool_]) -> Labelled:
        """Some of the articles."""
        return Labelled(self.ids[rows], self.truth[rows], self.parts[rows], self.clusters[rows])

    @property
    def development(self) -> Labelled:
        """The articles outside the test."""
        return self.where(self.parts != TEST)

    @property
    def test(self) -> Labelled:
        """The articles of the test."""
        return self.where(self.parts == TEST)

    def identity(self) -> str:
        """Fingerprint of the articles with their labels, parts and clusters."""
        # Values and no dates or annotators: a label that is given again, the same, retrains nothing.
        return fingerprint([self.ids.tolist(), self.truth.tolist(), self.parts.tolist(), self.clusters.tolist()])

    def counts(self) -> dict[str, int]:
        """Positives and negatives."""
        return {"positives": int(self.truth.sum()), "negatives": int((~self.truth).sum())}


def labelled(home: Home, categories: Sequence[str]) -> dict[str, Labelled]:
    """The labelled articles of each category; unknown pairs are in none, nor are labels that were only propagated."""
    splits = Splits(home.db).all()
    # An inner join: an article without a part has not been embedded, and must not train before it is known whether it
    # is a test article.
    labels = Labels(home.db).given().join(splits, keys="article_id", right_keys="id", join_type="inner")
    labels = labels.sort_by([("category", "ascending"), ("article_id", "ascending")])
    columns = {
        name: labels[name].to_numpy(zero_copy_only=False) for name in ("category", "article_id", "part", "cluster")
    }
    value = labels["value"].to_numpy() == 1
    return {
        key: Labelled(
            columns["article_id"][rows].astype(str),
            value[rows],
            columns["part"][rows].astype(str),
            columns["cluster"][rows].astype(str),
        )
        for key in categories
        for rows in [np.flatnonzero(columns["category"] == key)]
    }


def all_ids(sets: Mapping[str, Labelled]) -> pa.Array:
    """Every article of several categories once, ordered."""
    ids = np.unique(np.concatenate([labelled.ids for labelled in sets.values()] or [np.empty(0, "U1")]))
    return pa.array(ids.tolist(), pa.string())


def examples_of(labelled: Labelled, ids: Strings, features: Features) -> Examples:
    """A category's rows of features that were read for ``ids`` (sorted)."""
    rows = np.searchsorted(ids, labelled.ids)
    return Examples(features.take(rows), labelled.truth, labelled.clusters, labelled.parts == VALIDATION)
