"""How many labels each category has."""

from __future__ import annotations

import pyarrow.compute as pc

from pipeline.setup.home import Home
from store.articles import Articles
from store.labels import Labels


def label_counts(home: Home) -> dict[str, tuple[int, int]]:
    """Positive and negative stored articles of every category that ever had a label, removed ones among them."""
    current = Labels(home.db).given()
    # Labels whose article is not in the store are waiting for it, and count nowhere yet.
    stored = current.filter(pc.is_in(current["article_id"], value_set=Articles(home.db).ids()))
    counted = stored.group_by(["category", "value"]).aggregate([([], "count_all")]).to_pylist()
    count_of = {(row["category"], row["value"]): row["count_all"] for row in counted}
    return {key: (count_of.get((key, 1), 0), count_of.get((key, 0), 0)) for key, _ in count_of}
