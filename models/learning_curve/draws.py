"""Draws: which articles are held out, and in which order the others are added to a training set that grows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Rows

FIRST = 50  # articles; fewer rarely hold positives enough for a head
STEP = 2**0.5  # two sizes a doubling: a law of four points takes a quarter to all of the labels
LAST_STEP = 1.2  # a size nearer to the last one would cost fits and show nothing


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


def draw_repeat(clusters: npt.NDArray[np.str_], share: float, seed: int, repeat: int) -> Draw:
    """Hold out a share, in (0, 1), of the near-duplicate clusters and shuffle the articles of the others.

    Each pair of ``seed`` and ``repeat`` gives another draw, the same one every time.
    """
    names, member_of = np.unique(clusters, return_inverse=True)
    rng = np.random.default_rng([seed, repeat])
    out = rng.permutation(len(names))[: max(1, round(share * len(names)))]
    held_out = np.isin(member_of, out)
    return Draw(rng.permutation(np.flatnonzero(~held_out)), np.flatnonzero(held_out))


def training_sizes(most: int) -> list[int]:
    """Sizes of the training sets: 50, 70, 100, 140, 200, ... by factors of the root of two, and all there are.

    ``most`` is how many articles can train; with fewer than 50 there is no size.
    """
    sizes, size = [], float(FIRST)
    while size <= most / LAST_STEP:
        digits = max(1, int(np.log10(size)) - 1)  # two digits are kept, below a hundred one
        sizes.append(int(round(size, -digits)))
        size *= STEP
    return [*sizes, most] if most >= FIRST else []
