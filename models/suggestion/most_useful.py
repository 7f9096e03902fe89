"""Most useful: the articles to label next, from what the heads say, what is labelled, and where the articles lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.arrays import Rows
from models.suggestion.diversity import diverse
from models.suggestion.pool import Pool
from models.suggestion.worth import Worth, worth


@dataclass(frozen=True)
class MostUseful:
    """Rows of the pool, the first to label first, and what each is worth."""

    rows: Rows
    worth: Worth


def most_useful(pool: Pool, n: int) -> MostUseful:
    """Choose n of the pool's choosable articles, all where there are fewer; the same pool gives the same choice.

    An article counts for the categories that neither it nor a near-duplicate is labelled for.
    """
    rows = np.flatnonzero(pool.choosable)
    terms = worth(pool, rows)
    cold = not pool.has_head.any()
    batch = diverse(pool.directions[rows], terms.total, pool.clusters[rows], n, cold=cold)
    return MostUseful(rows[batch], terms.of(batch))
