"""Opinions: who said what of the stored articles, and of one article everything that was ever said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.labels.stored_article import stored_article
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.headline import headline
from store.articles import Articles
from store.labels import Labels


@dataclass(frozen=True)
class Opinion:
    """One annotator's word on one category of the article.

    Parameters
    ----------
    value
        1, 0, or None where the annotator took the opinion back.
    withdrawn
        Whether it says that the annotator has no opinion any more.
    counts
        Whether this is the label of today.
    """

    category: str
    value: int | None
    annotator: str
    labelled_at: datetime
    withdrawn: bool
    counts: bool


@dataclass(frozen=True)
class LabelsShown:
    """An article and everything that was said of it, by category and then time.

    Parameters
    ----------
    title
        How its text begins, where it has none.
    labels
        Category → the label that counts.
    """

    id: str
    source: str
    title: str
    published_at: datetime | None
    labels: dict[str, int]
    opinions: tuple[Opinion, ...]


def show_labels(home: Home, settings: Settings, name: str) -> LabelsShown:
    """Tell everything that was ever said of one article.

    Parameters
    ----------
    name
        The article's id or its first digits.

    Raises
    ------
    PipelineError
        When no article, or more than one, is called so (exit code 2).
    """
    article = stored_article(home, name)
    keys = list(settings.categories)
    rows = Labels(home.db).about(article.id).to_pylist()
    rows.sort(key=lambda row: keys.index(row["category"]) if row["category"] in keys else len(keys))
    opinions = tuple(Opinion(**row, withdrawn=row["value"] is None) for row in rows)
    labels = {opinion.category: opinion.value for opinion in opinions if opinion.counts and opinion.value is not None}
    title = headline({"title": article.title, "text": article.text})
    return LabelsShown(article.id, article.source, title, article.published_at, labels, opinions)


def stored_opinions(home: Home) -> tuple[pa.Table, int]:
    """The latest opinions of stored articles, see :meth:`store.labels.Labels.latest`, and how many wait for theirs."""
    latest = Labels(home.db).latest()
    stored = latest.filter(pc.is_in(latest["article_id"], value_set=Articles(home.db).ids()))
    return stored, latest.num_rows - stored.num_rows
