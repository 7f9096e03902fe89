"""Ground: where a head was taught. What is unlike all of that gets no yes and no no, but goes to a person."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Floats, Reals, Strings, Truth
from models.neighbours import nearest

NO_RUSSIAN_WORDS = "no Russian words"
UNLIKE = "unlike everything labelled"
MOST_VECTORS = 2_000  # of 300 components in half precision: 1.2 MB a head, 0.1 ms an article
LEAST_VECTORS = 30  # of fewer, the lowest hundredth is the one oddest article
FLOOR_QUANTILE = 0.01  # of articles like those labelled one in a hundred is asked about needlessly
NO_FLOOR = -1.0  # no cosine is lower

_WORD = re.compile(r"[^\W\d_]{2,}")
_RUSSIAN_WORD = re.compile(r"[а-яё]{2,}", re.IGNORECASE)
_LEAST_RUSSIAN = 0.2  # of the words; Russian news quotes names of products, foreign news now and then a Russian name


def reads_as_russian(text: str) -> bool:
    """Tell whether a text has words in Russian letters, and not only a name among foreign ones."""
    words = len(_WORD.findall(text))
    return words > 0 and len(_RUSSIAN_WORD.findall(text)) >= _LEAST_RUSSIAN * words


@dataclass(frozen=True)
class Ground:
    """The labelled articles of a category, and how near to one of them an article must be.

    Parameters
    ----------
    vectors
        (n, dim) float16, L2-normalised up to rounding; a lot of those labelled, n is 0 where nothing is known.
    floor
        The lowest cosine to the nearest of them; -1 lets everything in.
    """

    vectors: npt.NDArray[np.float16]
    floor: float

    def unlike(self, dense: Floats) -> Truth:
        """(n,) bool: the article is unlike everything that was labelled; ``dense`` is (n, dim) float32, normalised."""
        if self.floor <= NO_FLOOR or not len(self.vectors) or not len(dense):
            return np.zeros(len(dense), dtype=bool)
        return np.asarray(nearest(dense, self.vectors.astype(np.float32), 1)[0][:, 0] < self.floor)


NO_GROUND = Ground(np.empty((0, 0), dtype=np.float16), NO_FLOOR)


def learn_ground(dense: Floats, clusters: Strings, seed: int) -> Ground:
    """Keep a lot of the labelled articles, and find how near to each other articles like these are.

    The floor is the lowest hundredth of each one's cosine to the nearest of the others, its own near-duplicates left
    out: a fresh article has none. Of what was tried this costs least where nothing is new (docs/decisions.md).

    Parameters
    ----------
    dense, clusters
        (n, dim) float32 vectors, L2-normalised, and near-duplicate clusters of the category's labelled articles outside
        the test.
    seed
        Of the lot.
    """
    if len(dense) < LEAST_VECTORS:
        return NO_GROUND
    generator = np.random.default_rng(seed)
    lot = np.sort(generator.choice(len(dense), min(len(dense), MOST_VECTORS), replace=False))
    cosines = nearest_of_other_clusters(dense[lot], clusters[lot])
    floor = float(np.quantile(cosines, FLOOR_QUANTILE)) if len(cosines) >= LEAST_VECTORS else NO_FLOOR
    # Products of matrices differ in the last bits from one machine to the next; a head's bytes should not.
    return Ground(dense[lot].astype(np.float16), round(floor, 4))


def nearest_of_other_clusters(dense: Floats, clusters: Strings) -> Reals:
    """Each article's highest cosine to one of another cluster; those that have none are left out."""
    cosines = (dense @ dense.T).astype(np.float64)
    cosines[clusters[:, None] == clusters[None, :]] = -np.inf
    highest = cosines.max(axis=1)
    return np.asarray(highest[np.isfinite(highest)])
