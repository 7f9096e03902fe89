"""The table of a suggestion: whole articles with a blank cell a category, as `labels import` reads it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from models.annotator.prompt import cut
from pipeline.audit.table import cell
from pipeline.categories.review_table import write_new
from pipeline.errors import PipelineError
from pipeline.home import Home
from pipeline.labelling.table import as_csv
from store.articles import Articles

COLUMNS = ("id", "source", "title", "text")
MOST_CHARACTERS = 32_000  # spreadsheets break a cell of more than 32,767 in two; the import goes by the id


def require_csv(file: Path) -> None:
    """Refuse another suffix, before anything is computed.

    Raises
    ------
    PipelineError
        With exit code 2.
    """
    if file.suffix.lower() != ".csv":
        raise PipelineError(f"{file}: the table is a CSV; choose a name that ends in .csv", exit_code=2)


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
