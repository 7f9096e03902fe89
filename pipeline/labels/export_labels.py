"""Export: labels leave as the table that ``labels import`` reads, so that no label is locked in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.labels.annotators import require_annotator
from pipeline.labels.show_labels import stored_opinions
from pipeline.labels.table import ARTICLE, article_rows, require_new_table, write_table
from pipeline.labels.value_counts import count_values
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.labels import PROPAGATED


@dataclass(frozen=True)
class LabelsExported:
    """What was written.

    Parameters
    ----------
    articles
        Rows of the table.
    categories
        Category → how many of them are positive, negative and unknown.
    waiting
        Opinions left out because their article is not in the store.
    """

    file: Path
    articles: int
    categories: dict[str, dict[str, int]]
    waiting: int


def export_labels(
    home: Home, settings: Settings, file: Path, only: Sequence[str] = (), annotator: str | None = None
) -> LabelsExported:
    """Write the labels that count, or one annotator's, with their articles.

    Parameters
    ----------
    file
        ``.csv``, ``.jsonl`` or ``.parquet``; one that is there is never written over.
    only
        Only these categories; empty: all of the settings.
    annotator
        Whose latest opinions; None takes the label that counts, but none that was only propagated: it would come back
        as if someone had said it.

    Raises
    ------
    PipelineError
        For an unknown category, annotator or suffix, a file that is there already (exit code 2), or no label at all.
    """
    require_new_table(file)
    keys = chosen_categories(settings, only)
    opinions, waiting = stored_opinions(home)
    labels = labels_by_article(opinions, keys, annotator)
    if not labels:
        how = "see who said what with: rubrika labels stats"
        raise PipelineError(f"no labels of stored articles for {', '.join(keys)} to export; {how}")
    rows = article_rows(home, labels)
    write_table(file, [*ARTICLE, *keys], rows)
    values = {(article, key): value for article, given in labels.items() for key, value in given.items()}
    return LabelsExported(file, len(rows), count_values(values, keys, len(rows)), waiting)


def labels_by_article(opinions: pa.Table, keys: Sequence[str], annotator: str | None) -> dict[str, dict[str, int]]:
    """Article → category → 1 or 0."""
    if annotator is None:
        given = pc.not_equal(opinions["annotator"], PROPAGATED)
        chosen = opinions.filter(pc.and_(opinions["counts"], given))
    else:
        chosen = opinions.filter(pc.equal(opinions["annotator"], require_annotator(annotator, opinions)))
    labels: dict[str, dict[str, int]] = {}
    for row in chosen.select(["article_id", "category", "value"]).to_pylist():
        if row["category"] in keys and row["value"] is not None:
            labels.setdefault(row["article_id"], {})[row["category"]] = row["value"]
    return labels
