"""Diversity: from articles that are worth labelling to a batch that does not ask the same question fifty times.

One article of a near-duplicate cluster, then each next one that is worth most after what lies near an article chosen
before has lost its worth: maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) as a product, used in batch
active learning since Brinker (ICML 2003). With no head, what matters is to see everything once: the centres of k-means
weighed by worth (Zhdanov, "Diverse mini-batch active learning", 2019; Hacohen, Dekel and Weinshall, "Active learning on
a budget", ICML 2022: typical articles first, doubtful ones later). Farthest-first traversal takes outliers and was
worse than chance.
"""

from __future__ import annotations

import warnings

import numpy as np
from threadpoolctl import threadpool_limits

from models.arrays import Floats, Reals, Rows, Strings

SHORTLIST = 20_000  # articles that are compared with one another
MOST_SPREAD = 1_000  # articles that are spread; who labels more will train in between
MOST_GROUPS = 100  # whoever labels more has heads by then


def diverse(directions: Floats, worth: Reals, clusters: Strings, n: int, *, cold: bool) -> Rows:
    """Choose n articles, the first first.

    Parameters
    ----------
    directions
        (n_articles, dim) float32 of length one.
    worth
        (n_articles,) at least 0.
    clusters
        (n_articles,) near-duplicate clusters: none gives a second article while another has given none.
    n
        Articles wanted; all come where there are fewer.
    cold
        Whether to begin with the centres of groups.

    Returns
    -------
    ndarray of shape (min(n, n_articles),), int
    """
    order = np.argsort(-worth, kind="stable")
    turn = turns(clusters[order])
    leaders, others = order[turn == 0], order[turn > 0][np.argsort(turn[turn > 0], kind="stable")]
    short = leaders[:SHORTLIST]
    groups = min(n, MOST_GROUPS, len(short)) if cold else 0
    first = centres(directions[short], worth[short], groups) if groups else []
    chosen = short[apart(directions[short], worth[short], min(n, MOST_SPREAD, len(short)), first)]
    return np.concatenate([chosen, leaders[~np.isin(leaders, chosen)], others])[:n]


def turns(clusters: Strings) -> Rows:
    """How many members of its cluster stand before each article."""
    group = np.unique(clusters, return_inverse=True)[1]
    order = np.argsort(group, kind="stable")
    first = np.searchsorted(group[order], group[order])
    before = np.empty(len(group), dtype=np.intp)
    before[order] = np.arange(len(group)) - first
    return before


def apart(directions: Floats, worth: Reals, n: int, first: list[int]) -> list[int]:
    """Go on from the ``first`` rows to n: the next one is worth most times its distance, 1 - cosine, to the nearest."""
    chosen = list(first)
    free = np.ones(len(worth), dtype=bool)
    free[chosen] = False
    nearest = np.zeros(len(worth), dtype=np.float32)
    for row in chosen:
        nearest = np.maximum(nearest, directions @ directions[row])
    while len(chosen) < n:
        row = int(np.argmax(np.where(free, worth * (1 - np.clip(nearest, 0, 1)), -1.0)))
        chosen.append(row)
        free[row] = False
        nearest = np.maximum(nearest, directions @ directions[row])
    return chosen


def centres(directions: Floats, worth: Reals, groups: int) -> list[int]:
    """The best article of each of so many groups, worth times cosine to the middle; the largest groups first."""
    from sklearn.cluster import KMeans  # 0.7 s, which only those pay who have no head
    from sklearn.exceptions import ConvergenceWarning

    weights = worth if worth.any() else np.ones(len(worth))
    with threadpool_limits(1), warnings.catch_warnings():  # two threads add up in another order every time
        warnings.simplefilter("ignore", ConvergenceWarning)  # fewer different articles than groups
        means = KMeans(groups, n_init=1, max_iter=30, random_state=0).fit(directions, sample_weight=weights)
    group, middles = means.labels_, means.cluster_centers_
    middles = middles / np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-12)
    close = np.einsum("nd,nd->n", directions, middles[group])
    score = weights * np.clip(close, 0.01, 1)  # where all are far from the middle, worth decides
    mass = np.bincount(group, weights, groups)
    order = np.lexsort((-score, group))
    best = order[np.unique(group[order], return_index=True)[1]]
    return [int(row) for row in best[np.argsort(-mass[group[best]], kind="stable")]]
