"""Draws: which articles are held out, and in which order the others are added to a training set that grows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.arrays import Rows, Strings

FIRST = 50
STEP = 2**0.5
LAST_STEP = 1.2


@dataclass(frozen=True)
class Draw:
    """One repeat.

    Parameters
    ----------
    order
        Rows that train, in the order they are added: the first n of them are the training set of size n.
    held_out
        Rows that are measured on; no near-duplicate of them trains.
    """

    order: Rows
    held_out: Rows


def draw(clusters: Strings, share: float, seed: int, repeat: int) -> Draw:
    """Hold out a share of the near-duplicate clusters and shuffle the articles of the others.

    Parameters
    ----------
    clusters
        (n,) cluster of each article.
    share
        In (0, 1).
    seed, repeat
        Another draw for each pair, the same one every time.
    """
    names, member_of = np.unique(clusters, return_inverse=True)
    rng = np.random.default_rng([seed, repeat])
    out = rng.permutation(len(names))[: max(1, round(share * len(names)))]
    held_out = np.isin(member_of, out)
    return Draw(rng.permutation(np.flatnonzero(~held_out)), np.flatnonzero(held_out))


def training_sizes(most: int) -> list[int]:
    """Sizes of the training sets: 50, 70, 100, 140, 200, ... by factors of the root of two, and all there are.

    Parameters
    ----------
    most
        Articles that can train; with fewer than 50 there is no size.
    """
    sizes, size = [], float(FIRST)
    while size <= most / LAST_STEP:
        sizes.append(two_digits(size))
        size *= STEP
    return [*sizes, most] if most >= FIRST else []


def two_digits(value: float) -> int:
    """Round to two leading digits, to tens below a hundred."""
    unit = 10 ** max(1, len(str(int(value))) - 2)
    return int(round(value / unit) * unit)
