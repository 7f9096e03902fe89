"""Splits: who trains, who validates, who tests; the newest articles are the test, and stay it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from models.arrays import Reals, Strings, Truth

TRAIN, VALIDATION, TEST = "train", "validation", "test"
Dates = npt.NDArray[np.datetime64]


def assign_parts(
    ids: Sequence[str],
    published_at: Dates,
    clusters: Sequence[str],
    assigned: Mapping[str, str],
    test_share: float,
    validation_share: float,
) -> Strings:
    """Put every article into a part.

    Articles that are new go by date: the newest ``test_share`` of those with a date are test, those without a date go
    by the hash of their id; of the rest, ``validation_share`` by hash validates. Then a cluster of near-duplicates goes
    where its most reserved member is: test before validation before train. So what was test once stays test, and an
    article that trained before leaves training when its twin is tested.

    Parameters
    ----------
    ids
        All articles.
    published_at
        (n,) datetime64, NaT where unknown.
    clusters
        Near-duplicate cluster of each article.
    assigned
        Parts given before, by id.
    test_share, validation_share
        Shares of all articles, in (0, 1).

    Returns
    -------
    ndarray of shape (n,), str
        ``train``, ``validation`` or ``test``.
    """
    new = np.array([article not in assigned for article in ids], dtype=bool)
    # The same hash decides for an article at every call, on every machine: no seed to keep, nothing to remember.
    dated = ~np.isnat(published_at)
    draw = unit_hashes("test", ids)
    tested = newest(published_at, draw, new & dated, test_share) | (~dated & (draw < test_share))
    # Another salt than the test's, else what it draws of undated articles would be test already; and a share of all
    # articles is a larger share of those outside the test.
    validated = unit_hashes("validation", ids) < validation_share / (1 - test_share)
    level = np.where(tested, 2, np.where(validated, 1, 0))
    levels = {TRAIN: 0, VALIDATION: 1, TEST: 2}
    # What was assigned before overrides the draw: more articles move the date from which they are test, not old ones.
    level[~new] = [levels[assigned[article]] for article in np.asarray(ids, dtype=object)[~new]]
    group = np.unique(np.asarray(clusters), return_inverse=True)[1]
    # Last, over old and new: a reprint of a test article must not train, even if it was drawn for that.
    highest = np.zeros(group.max(initial=-1) + 1, dtype=int)
    np.maximum.at(highest, group, level)
    return np.array([TRAIN, VALIDATION, TEST])[highest[group]]


def newest(published_at: Dates, draw: Reals, among: Truth, share: float) -> Truth:
    """Mark the newest ``share`` of some articles; ``draw`` decides between those of the same moment."""
    rows = np.flatnonzero(among)
    # The last key sorts first: by date, and by hash within a moment, as crawls often have one for a whole day.
    rows = rows[np.lexsort((draw[rows], published_at[rows]))]
    marked = np.zeros(len(among), dtype=bool)
    marked[rows[len(rows) - round(share * len(rows)) :]] = True
    return marked


def unit_hashes(salt: str, ids: Sequence[str]) -> Reals:
    """Numbers in [0, 1) that depend on the ids alone, another set for each salt."""
    digests = (hashlib.sha256(f"{salt}:{article}".encode()).digest() for article in ids)
    # 56 bits, of which a double keeps the leading 53.
    return np.array([int.from_bytes(digest[:7], "big") / 2**56 for digest in digests])
