"""Near-duplicates: one story printed twice must not stand on both sides of a split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from models.arrays import Floats, Reals, Rows, Truth
from models.neighbours import nearest

NEIGHBOURS = 16  # a chain of pairs joins stories that more print than that
# Reprints of the sample share 0.79 to 0.96, the nearest different stories of a real crawl 0.74 (docs/decisions.md).
SHARED_STEMS = 0.75


def close_pairs(vectors: Floats, rows: Rows, cosine: float) -> tuple[Rows, Rows]:
    """Pairs (row, other row) of articles whose vectors are near, each of ``rows`` against its nearest of all.

    Parameters
    ----------
    vectors
        (n, dim) float32, L2-normalised.
    rows
        The articles to compare.
    cosine
        Lowest cosine of a pair, in (0, 1).
    """
    if len(rows) == 0:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    # Only new articles are compared, but with all: pairs of old ones were found when the later of the two was new.
    similarity, other = nearest(vectors[rows], vectors, NEIGHBOURS)
    row = np.repeat(rows, other.shape[1])
    other, similarity = other.ravel().astype(np.intp), similarity.ravel()
    close = (similarity >= cosine) & (other != row)
    return row[close], other[close]


def same_story(left: sp.csr_matrix, right: sp.csr_matrix) -> Truth:
    """Tell which pairs share their stems and stem pairs, the cosine of damped counts at least ``SHARED_STEMS``.

    An encoder alone may find all reports of one kind alike; words in the same order are not shared by chance.

    Parameters
    ----------
    left, right
        (n_pairs, buckets) counts of the lexical block ``stem``.
    """
    left, right = damped_counts(left), damped_counts(right)
    # Multiplied out instead of divided, so that an article without a stem is like none, and not NaN.
    lengths = np.sqrt(row_sums(left.multiply(left)) * row_sums(right.multiply(right)))
    return np.asarray(row_sums(left.multiply(right)) >= SHARED_STEMS * np.maximum(lengths, 1e-12))


def join(ids: Sequence[str], pairs: tuple[Rows, Rows], clusters: Mapping[str, str]) -> list[str]:
    """Name each article's cluster: everything that a chain of pairs connects.

    Parameters
    ----------
    ids
        All articles.
    pairs
        Rows of near-duplicates.
    clusters
        Clusters given before, by id; they only grow, and two that a pair connects become one.

    Returns
    -------
    list of str
        The name of each article's cluster, the id of one of its members.
    """
    row_of = {article: row for row, article in enumerate(ids)}
    # A cluster is named by the id of one member, so an old one comes back as edges from its members to that.
    anchors = [(row_of[article], row_of[name]) for article, name in clusters.items() if article in row_of]
    left = np.concatenate([pairs[0], [row for row, _ in anchors]]).astype(np.intp)
    right = np.concatenate([pairs[1], [row for _, row in anchors]]).astype(np.intp)
    graph = sp.coo_matrix((np.ones(len(left)), (left, right)), shape=(len(ids), len(ids)))
    component = connected_components(graph, directed=False)[1]
    names: dict[int, str] = {}
    # Clusters that exist give their name first, the smallest one where two become one; then the smallest new id. So the
    # names do not depend on the order in which articles came.
    for row in sorted(range(len(ids)), key=lambda row: (ids[row] not in clusters, clusters.get(ids[row], ids[row]))):
        names.setdefault(int(component[row]), clusters.get(ids[row], ids[row]))
    return [names[int(label)] for label in component]


def damped_counts(counts: sp.csr_matrix) -> sp.csr_matrix:
    """1 + ln count."""
    return sp.csr_matrix((1 + np.log(counts.data), counts.indices, counts.indptr), shape=counts.shape)


def row_sums(matrix: sp.csr_matrix) -> Reals:
    """Sum of each row, (n,) float64."""
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
