"""Similar: the stored articles nearest to one, with what they are labelled, whatever any head would say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from models.neighbours import nearest
from pipeline.embed.fresh import FreshFeatures
from pipeline.embed.views import open_views
from pipeline.labels.stored_article import stored_article
from pipeline.predict.article import given_article
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.headline import headline
from store.articles import Articles
from store.labels import Labels


@dataclass(frozen=True)
class SimilarArticle:
    """A stored article near the one that was asked about.

    Parameters
    ----------
    title
        How it is called; the beginning of its text where it has no title.
    similarity
        The cosine of the two vectors.
    labels
        Category → 1 or 0; a category that nobody labelled it for is not there.
    """

    id: str
    title: str
    source: str
    published_at: datetime | None
    similarity: float
    labels: Mapping[str, int]


@dataclass(frozen=True)
class Similar:
    """An article and those nearest to it, the nearest first."""

    id: str
    articles: tuple[SimilarArticle, ...]


def similar(home: Home, settings: Settings, article: str, count: int) -> Similar:
    """Find the articles nearest to one under the store's encoder; the article itself is left out.

    Parameters
    ----------
    article
        The id of a stored article or its first digits, or ``-`` for one JSON object on standard input.
    count
        Articles wanted; fewer come from a smaller store.

    Raises
    ------
    PipelineError
        When nothing is embedded, there is no such article, or what is given is none (exit code 2).
    """
    views = open_views(home)
    query = given_article(settings.ingest.timezone) if article == "-" else stored_article(home, article)
    vector = FreshFeatures(home, views.spec, settings.encoder).vectors([query])
    ids = views.vectors.ids()
    others = ids.filter(pc.not_equal(ids, query.id))
    if not len(others):
        return Similar(query.id, ())
    cosines, rows = nearest(vector, views.vectors.get(others), count)
    return Similar(query.id, describe(home, list(settings.categories), others.take(pa.array(rows[0])), cosines[0]))


def describe(
    home: Home, keys: Sequence[str], ids: pa.Array, similarities: Sequence[float]
) -> tuple[SimilarArticle, ...]:
    """What the store knows of some articles, in their order."""
    labels = labels_of(home, keys, ids)
    rows = Articles(home.db).get(ids, ["title", "text", "source", "published_at"]).to_pylist()
    return tuple(
        SimilarArticle(
            row["id"], headline(row), row["source"], row["published_at"], float(similarity), labels[row["id"]]
        )
        for row, similarity in zip(rows, similarities, strict=True)
    )


def labels_of(home: Home, keys: Sequence[str], ids: pa.Array) -> dict[str, dict[str, int]]:
    """Article → category → 1 or 0, categories in the order of ``keys``.

    Labels that were only propagated are left out: they came from these very neighbours.
    """
    given = Labels(home.db).given()
    rows = given.filter(pc.is_in(given["article_id"], value_set=ids)).to_pylist()
    values = {(row["article_id"], row["category"]): row["value"] for row in rows}
    return {name: {key: values[name, key] for key in keys if (name, key) in values} for name in ids.to_pylist()}
