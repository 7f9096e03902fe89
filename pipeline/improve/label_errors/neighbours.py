"""Neighbours of suspected labels: the labelled articles nearest to each, of the same category."""

from __future__ import annotations

import numpy as np

from models.arrays import Floats, Rows
from models.neighbours import nearest
from pipeline.embed.labelled import Labelled
from pipeline.predict.neighbours import NEIGHBOURS

Labelling = tuple[str, bool, float]  # a labelled article, its label and the cosine to another one


def near_labelled(data: Labelled, dense: Floats, rows: Rows) -> list[list[Labelling]]:
    """The labelled articles nearest to some rows, the rows themselves left out, copies of them not.

    Parameters
    ----------
    data
        A category's n labels outside the test.
    dense
        (n, dim) float32 vectors of these articles, L2-normalised.
    """
    similarity, found = nearest(dense[rows], dense, NEIGHBOURS + 1)
    return [
        [
            (str(data.ids[near[at]]), bool(data.truth[near[at]]), float(cosines[at]))
            for at in np.flatnonzero(near != row)[:NEIGHBOURS]
        ]
        for row, cosines, near in zip(rows, similarity, found, strict=True)
    ]
