"""The table of a suggestion: whole articles with a blank cell a category, as `labels import` reads it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from models.annotator.prompt import cut
from pipeline.labels.sheet import MOST_CHARACTERS, as_csv, cell, write_new
from pipeline.setup.home import Home
from store.articles import Articles

COLUMNS = ("id", "source", "title", "text")


def write_suggestions(home: Home, ids: Sequence[str], keys: Sequence[str], file: Path) -> None:
    """Write some articles in their order; every label cell is blank, also where a label is known.

    Raises
    ------
    PipelineError
        When another table is there: a person may have filled it in.
    """
    rows = Articles(home.db).get(pa.array(ids, pa.string()), list(COLUMNS[1:])).to_pylist()
    lines = [{name: cell(cut(row[name] or "", MOST_CHARACTERS)) for name in COLUMNS} for row in rows]
    write_new(file, as_csv([*COLUMNS, *keys], lines))
