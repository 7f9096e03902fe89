"""The corpus of an evaluation: every labelled article of a bundle's categories with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from models.arrays import Rows
from models.features import Features
from models.fingerprint import fingerprint
from models.splits import TEST, TRAIN, VALIDATION
from pipeline.embed.labelled import Labelled, all_ids
from pipeline.embed.views import Views
from pipeline.setup.home import Home
from store.articles import Articles

COLUMNS = ["title", "text", "source", "published_at"]


@dataclass(frozen=True)
class Corpus:
    """Labelled articles, ordered by id.

    Parameters
    ----------
    keys
        Categories, the columns of ``truth``.
    articles
        Table of id, title, text, source, published_at.
    truth
        (n, n_categories) float64: 1.0, 0.0 or NaN where unknown.
    parts, clusters
        (n,) str.
    features
        The cached views.
    """

    keys: Sequence[str]
    articles: pa.Table
    truth: npt.NDArray[np.float64]
    parts: npt.NDArray[np.str_]
    clusters: npt.NDArray[np.str_]
    features: Features

    def rows(self, part: str) -> Rows:
        """Rows of one part."""
        return np.flatnonzero(self.parts == part)

    @property
    def three_parts(self) -> tuple[Rows, Rows, Rows]:
        """Rows of train, validation and test."""
        return self.rows(TRAIN), self.rows(VALIDATION), self.rows(TEST)

    def texts(self) -> list[str]:
        """Title and text of every article, as the baselines read them."""
        titles, texts = self.articles["title"].to_pylist(), self.articles["text"].to_pylist()
        return [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]


def labels_identity(sets: dict[str, Labelled]) -> str:
    """Fingerprint of the labels and parts that an evaluation stands on."""
    return fingerprint({key: rows.identity() for key, rows in sets.items()})


def read_corpus(home: Home, views: Views, sets: dict[str, Labelled]) -> Corpus:
    """Read the labelled articles of some categories."""
    ids = all_ids(sets)
    names = ids.to_numpy(zero_copy_only=False).astype(str)
    truth = np.full((len(ids), len(sets)), np.nan)
    # "U16" and "U64" hold the longest part and id: numpy would cut longer ones without a word.
    parts, clusters = np.empty(len(ids), "U16"), np.empty(len(ids), "U64")
    # Both are sorted by id, so a search finds the rows; articles that a category does not know stay NaN.
    for column, rows in enumerate(sets.values()):
        at = np.searchsorted(names, rows.ids)
        truth[at, column] = rows.truth
        parts[at], clusters[at] = rows.parts, rows.clusters
    return Corpus(list(sets), Articles(home.db).get(ids, COLUMNS), truth, parts, clusters, views.features(ids))
