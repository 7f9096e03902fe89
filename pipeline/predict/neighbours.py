"""Nearby: the labelled articles nearest to one, of each category those that its head may have learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from models.arrays import Floats
from models.bundles.load import Bundle
from models.neighbours import nearest
from pipeline.embed.labelled import Labelled, all_ids, labelled
from pipeline.embed.views import views_of
from pipeline.setup.home import Home
from pipeline.show.headline import headline
from store.articles import Articles

NEIGHBOURS = 5


@dataclass(frozen=True)
class Near:
    """A labelled article near the one explained: its label in the category and the cosine between them."""

    id: str
    title: str
    label: bool
    similarity: float


def neighbours(home: Home, bundle: Bundle, article: str, vector: Floats) -> dict[str, tuple[Near, ...]]:
    """The nearest labelled articles of each category outside the test, the article itself left out."""
    sets = {key: others(rows, article) for key, rows in labelled(home, list(bundle.heads)).items()}
    ids = all_ids(sets)
    dense = views_of(home, bundle.manifest).vectors.get(ids)
    names = ids.to_numpy(zero_copy_only=False).astype(str)
    found = {key: nearest_of(rows, dense[np.searchsorted(names, rows.ids)], vector) for key, rows in sets.items()}
    wanted = pa.array(sorted({near for group in found.values() for near, _, _ in group}), pa.string())
    articles = Articles(home.db).get(wanted, ["title", "text"]).to_pylist()
    titles = {row["id"]: headline(row) for row in articles}
    return {
        key: tuple(Near(near, titles[near], label, cosine) for near, label, cosine in group)
        for key, group in found.items()
    }


def others(rows: Labelled, article: str) -> Labelled:
    """A category's articles outside the test but one."""
    development = rows.development
    return development.where(development.ids != article)


def nearest_of(rows: Labelled, dense: Floats, vector: Floats) -> list[tuple[str, bool, float]]:
    """Id, label and cosine of the nearest of some labelled articles."""
    if not len(rows.ids):
        return []
    similarity, found = nearest(vector, dense, NEIGHBOURS)
    return [
        (str(rows.ids[row]), bool(rows.truth[row]), float(cosine))
        for row, cosine in zip(found[0], similarity[0], strict=True)
    ]
