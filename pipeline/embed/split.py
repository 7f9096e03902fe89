"""Split: new articles get a near-duplicate cluster and a part, once and for all."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from models.near_duplicates import close_pairs, join, same_story
from models.splits import assign_parts
from pipeline.embed.views import Views, open_views
from pipeline.setup.home import Home
from pipeline.setup.settings import SplitSettings
from store.articles import Articles
from store.splits import Splits


def split_articles(home: Home, settings: SplitSettings) -> None:
    """Assign the articles that have no part yet; a part given before changes only to keep near-duplicates together."""
    splits = Splits(home.db)
    assigned = splits.all()
    dates = Articles(home.db).dates().sort_by("id")
    # Articles are never deleted, so equal numbers mean that all have their part.
    if dates.num_rows == assigned.num_rows:
        return
    ids = dates["id"].to_pylist()
    clusters_before = dict(zip(assigned["id"].to_pylist(), assigned["cluster"].to_pylist(), strict=True))
    parts_before = dict(zip(assigned["id"].to_pylist(), assigned["part"].to_pylist(), strict=True))
    new = np.array([article not in clusters_before for article in ids])
    pairs = near_duplicate_pairs(open_views(home), dates["id"].combine_chunks(), new, settings.near_duplicate)
    clusters = join(ids, pairs, clusters_before)
    moments = dates["published_at"].to_numpy()
    parts = assign_parts(ids, moments, clusters, parts_before, settings.test_share, settings.validation_share)
    # Old articles among them: a new one may join two clusters, or draw a twin out of training into the test.
    changed = [
        row
        for row, article in enumerate(ids)
        if clusters_before.get(article) != clusters[row] or parts_before.get(article) != parts[row]
    ]
    table = pa.table({"id": ids, "cluster": clusters, "part": pa.array(parts.tolist(), pa.string())})
    splits.put(table.take(changed))


def near_duplicate_pairs(views: Views, ids: pa.Array, new: np.ndarray, cosine: float) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of rows that tell one story: near in the dense view, and the same stems."""
    left, right = close_pairs(views.vectors.get(ids), np.flatnonzero(new), cosine)
    if len(left) == 0:
        return left, right
    # Most pairs share articles; each article's counts are read once.
    rows, position = np.unique(np.concatenate([left, right]), return_inverse=True)
    stems = views.lexical.get(ids.take(pa.array(rows)))["stem"]
    same = same_story(stems[position[: len(left)]], stems[position[len(left) :]])
    return left[same], right[same]
