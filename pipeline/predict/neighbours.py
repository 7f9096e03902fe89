"""Neighbours of one article: of each category the labelled articles that its head may have learned from."""

from __future__ import annotations

from functools import partial

import numpy as np

from models.arrays import Floats
from models.bundles.load import Bundle
from pipeline.embed.labelled import all_ids, labelled
from pipeline.embed.neighbours import Neighbour, nearest_labelled, stored_titles
from pipeline.embed.views import views_of
from pipeline.setup.home import Home


def labelled_neighbours(home: Home, bundle: Bundle, article: str, vector: Floats) -> dict[str, tuple[Neighbour, ...]]:
    """The nearest labelled articles of each category outside the test, the article itself left out.

    Parameters
    ----------
    article, vector
        Its id, stored or not, and its (1, dim) float32 vector, L2-normalised.
    """
    sets = {key: rows.development for key, rows in labelled(home, list(bundle.heads)).items()}
    ids = all_ids(sets)
    names, dense = ids.to_numpy(zero_copy_only=False).astype(str), views_of(home, bundle.manifest).vectors.get(ids)
    titles = partial(stored_titles, home)
    return {
        key: nearest_labelled(rows, dense[np.searchsorted(names, rows.ids)], [article], vector, titles)[0]
        for key, rows in sets.items()
    }
