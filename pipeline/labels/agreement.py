"""Pairs: every two annotators who labelled the same articles, how far they agree, and where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from models.arrays import Reals
from models.evaluation.agreement import Agreement, agreement
from pipeline.labels.annotators import annotators_of
from pipeline.setup.home import Home
from pipeline.show.headline import headline
from store.articles import Articles
from store.splits import Splits

LISTED = 1000  # differing articles that are named for each pair and category


@dataclass(frozen=True)
class Differing:
    """An article of which two annotators say the opposite; ``first`` and ``second`` are 1 or 0."""

    id: str
    title: str
    first: int
    second: int


@dataclass(frozen=True)
class Pair:
    """Two annotators in one category.

    Parameters
    ----------
    first, second
        The more trusted one first.
    agreement
        Counts, share and Cohen's kappa.
    constant
        Who gives one label to everything, so that kappa is 0 or not defined; empty where nobody does.
    differences
        Articles on which they differ, ordered by id, the first thousand.
    """

    first: str
    second: str
    agreement: Agreement
    constant: str
    differences: tuple[Differing, ...]


@dataclass(frozen=True)
class Matrices:
    """Everyone's labels of the articles that anyone labelled.

    Parameters
    ----------
    ids
        (n,) article ids, ordered.
    values
        Annotator → (n, n_categories) 1.0, 0.0 or NaN.
    clusters
        (n,) near-duplicate cluster; an article that was not embedded yet is its own.
    """

    ids: npt.NDArray[np.str_]
    values: Mapping[str, Reals]
    clusters: npt.NDArray[np.str_]


def pairs(home: Home, opinions: pa.Table, keys: Sequence[str], replicates: int) -> dict[str, list[Pair]]:
    """Category → pairs of annotators who share articles in it.

    Parameters
    ----------
    opinions
        Latest opinions of stored articles.
    replicates
        Draws of the bootstrap.
    """
    matrices = collect(home, opinions, keys)
    compared: dict[str, list[Pair]] = {key: [] for key in keys}
    for first, second in combinations(annotators_of(opinions), 2):
        for key, pair in compare(home, matrices, keys, first, second, replicates):
            compared[key].append(pair)
    return compared


def collect(home: Home, opinions: pa.Table, keys: Sequence[str]) -> Matrices:
    """Lay opinions out as matrices; an opinion that was withdrawn is none."""
    columns = {name: opinions[name].to_numpy(zero_copy_only=False) for name in ("article_id", "category", "annotator")}
    ids, rows = np.unique(columns["article_id"].astype(str), return_inverse=True)
    labels = opinions["value"].cast(pa.float64()).to_numpy(zero_copy_only=False)
    values = {}
    for annotator in annotators_of(opinions):
        values[annotator] = np.full((len(ids), len(keys)), np.nan)
        for column, key in enumerate(keys):
            theirs = (columns["annotator"] == annotator) & (columns["category"] == key)
            values[annotator][rows[theirs], column] = labels[theirs]
    stored = Splits(home.db).all()
    clusters = dict(zip(stored["id"].to_pylist(), stored["cluster"].to_pylist(), strict=True))
    return Matrices(ids, values, np.array([clusters.get(article, article) for article in ids.tolist()], dtype=np.str_))


def compare(
    home: Home, matrices: Matrices, keys: Sequence[str], first: str, second: str, replicates: int
) -> Iterator[tuple[str, Pair]]:
    """Compare two annotators in every category in which they share articles."""
    firsts, seconds = matrices.values[first], matrices.values[second]
    shared = np.flatnonzero((np.isfinite(firsts) & np.isfinite(seconds)).any(axis=1))
    if not len(shared):
        return
    firsts, seconds, ids = firsts[shared], seconds[shared], matrices.ids[shared]
    for key, figures in agreement(keys, firsts, seconds, matrices.clusters[shared].tolist(), replicates).items():
        column = list(keys).index(key)
        differ = np.flatnonzero(np.abs(firsts[:, column] - seconds[:, column]) == 1)[:LISTED]
        listing = differing(home, ids[differ], firsts[differ, column], seconds[differ, column])
        yield key, Pair(first, second, figures, figures.constant, listing)


def differing(home: Home, ids: npt.NDArray[np.str_], first: Reals, second: Reals) -> tuple[Differing, ...]:
    """Name some articles with what each of the two says."""
    articles = Articles(home.db).get(pa.array(ids.tolist(), pa.string()), ["title", "text"]).to_pylist()
    return tuple(
        Differing(row["id"], headline(row), int(label), int(other))
        for row, label, other in zip(articles, first, second, strict=True)
    )
