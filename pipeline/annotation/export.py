"""Export: the annotated articles as one table, a 1/0 column per category and the raw generation beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from models.bundles.files import write_atomically
from pipeline.errors import PipelineError
from pipeline.home import Home
from store.articles import Articles
from store.generations import Generations

ARTICLE = ("source", "title", "text", "publication_date")


def require_new_file(file: Path) -> None:
    """Refuse to write over a file, before anything is asked and paid for."""
    if file.exists():
        raise PipelineError(f"{file} is there already; move it away, or export to another file", exit_code=2)


def export_generations(home: Home, annotator: str, keys: Sequence[str], file: Path) -> int:
    """Write every article that an annotator was asked about, as it answered, whatever people said since.

    A category is blank where the answer was corrupted or it was not asked. Several generations of one article stand one
    below the other.

    Returns
    -------
    int
        Articles written.
    """
    said = answers_by_article(home, annotator)
    found = Articles(home.db).get(pa.array(sorted(said), pa.string()), ["source", "title", "text", "published_at"])
    written = io.StringIO()
    table = csv.DictWriter(written, [*ARTICLE, *keys, "generation"], restval="", extrasaction="ignore")
    table.writeheader()
    for row in found.to_pylist():
        date = row.pop("published_at")
        table.writerow({**row, "publication_date": date.isoformat() if date else "", **said[row["id"]]})
    write_atomically(file, written.getvalue())
    return int(found.num_rows)


def answers_by_article(home: Home, annotator: str) -> dict[str, dict[str, Any]]:
    """Article → its latest value for each category, and all its generations."""
    said: dict[str, dict[str, Any]] = {}
    columns = ["article_id", "categories", "positive", "outcome", "raw"]
    for row in Generations(home.db).of(annotator, columns).to_pylist():
        cells = said.setdefault(row["article_id"], {})
        cells["generation"] = "\n".join([*([cells["generation"]] if cells else []), row["raw"]])
        if row["outcome"] == "labelled":
            cells |= {key: int(key in row["positive"]) for key in row["categories"]}
    return said
