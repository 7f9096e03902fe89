"""Export: the annotated articles as one table, a 1/0 column per category and the raw generation beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.labels.table import ARTICLE, article_rows, write_table
from pipeline.setup.home import Home
from store.generations import Generations


def export_generations(home: Home, annotator: str, keys: Sequence[str], file: Path) -> int:
    """Write every article that an annotator was asked about, as it answered, whatever people said since.

    A category is blank where the answer was corrupted or it was not asked. Several generations of one article stand one
    below the other.

    Returns
    -------
    int
        Articles written.
    """
    rows = article_rows(home, answers_by_article(home, annotator))
    write_table(file, [*ARTICLE, *keys, "generation"], rows)
    return len(rows)


def answers_by_article(home: Home, annotator: str) -> dict[str, dict[str, Any]]:
    """Article → its latest value for each category, and all its generations."""
    cells_of: dict[str, dict[str, Any]] = {}
    columns = ["article_id", "categories", "positive", "outcome", "raw"]
    for row in Generations(home.db).of(annotator, columns).to_pylist():
        cells = cells_of.setdefault(row["article_id"], {})
        cells["generation"] = "\n".join([*([cells["generation"]] if cells else []), row["raw"]])
        if row["outcome"] == "labelled":
            cells |= {key: int(key in row["positive"]) for key in row["categories"]}
    return cells_of
