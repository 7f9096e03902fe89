"""The table that an editor fills in: candidates with titles, in a shape that the import of labels reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.labels.sheet import as_csv
from pipeline.setup.home import Home
from store.articles import Articles


@dataclass(frozen=True)
class ReviewRow:
    """An article that may belong to a category; suggestion 1, 0, or None where a person must decide."""

    article_id: str
    category: str
    derived_from: str
    suggestion: int | None


def titles_of(home: Home, ids: Iterable[str]) -> dict[str, str]:
    """The titles of those articles that are stored."""
    titles = Articles(home.db).get(pa.array(sorted(ids), pa.string()), ["title"])
    return dict(zip(titles["id"].to_pylist(), titles["title"].to_pylist(), strict=True))


def review_table(rows: Sequence[ReviewRow], targets: Sequence[str], titles: Mapping[str, str]) -> str:
    """A CSV that ``labels import`` reads, one line an article: first those to decide, then suggested 1, then 0."""
    articles: dict[str, dict[str, str]] = {}
    # What needs thought comes first, while the editor is fresh; the suggestions below need a glance.
    for row in sorted(rows, key=lambda row: (-1 if row.suggestion is None else 1 - row.suggestion, row.article_id)):
        line = articles.setdefault(row.article_id, {"title": titles[row.article_id], "from": ""})
        # A column `from` beside the labels: the import passes over it, see `NOT_LABELS`.
        line["from"] = " ".join(dict.fromkeys([*line["from"].split(), row.derived_from]))
        line[row.category] = "" if row.suggestion is None else str(row.suggestion)
    return as_csv(["id", "title", "from", *targets], ({"id": article, **line} for article, line in articles.items()))
