"""Neighbours: the labelled articles nearest to others, each with its title, its label and how near it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from models.arrays import Floats
from models.neighbours import nearest
from pipeline.embed.labelled import Labelled
from pipeline.setup.home import Home
from pipeline.show.headline import headline
from store.articles import Articles

NEIGHBOURS = 5
Titles = Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Neighbour:
    """A labelled article near another one: its label in the category and the cosine between them."""

    id: str
    title: str
    label: bool
    similarity: float


def nearest_labelled(
    labelled: Labelled, vectors: Floats, ids: Sequence[str], queries: Floats, titles: Titles, k: int = NEIGHBOURS
) -> list[tuple[Neighbour, ...]]:
    """The labelled articles nearest to each of some articles, the article itself left out, copies of it not.

    Parameters
    ----------
    labelled, vectors
        A category's n labels and the (n, dim) float32 vectors of their articles, L2-normalised.
    ids, queries
        The articles whose neighbours are looked for, and their vectors.
    titles
        From ids to titles; asked once, for the neighbours alone.
    k
        Neighbours wanted; fewer come where fewer articles are labelled.
    """
    if not len(labelled.ids):
        return [() for _ in ids]
    similarity, rows = nearest(queries, vectors, k + 1)  # one more, for the article may be among them itself
    kept = [np.flatnonzero(labelled.ids[near] != name)[:k] for name, near in zip(ids, rows, strict=True)]
    title_of = titles({str(labelled.ids[row]) for near, places in zip(rows, kept, strict=True) for row in near[places]})
    return [
        tuple(
            Neighbour(name, title_of[name], bool(labelled.truth[row]), float(cosine))
            for row, cosine in zip(near[places], cosines[places], strict=True)
            for name in [str(labelled.ids[row])]
        )
        for near, cosines, places in zip(rows, similarity, kept, strict=True)
    ]


def stored_titles(home: Home, ids: Collection[str]) -> dict[str, str]:
    """Titles of stored articles; of one without a title, how its text begins."""
    rows = Articles(home.db).get(pa.array(sorted(ids), pa.string()), ["title", "text"]).to_pylist()
    return {row["id"]: headline(row) for row in rows}
