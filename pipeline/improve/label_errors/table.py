"""The table to check: whole articles with a question mark for every suspected label, as `labels import` reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from models.annotator.prompt import cut
from pipeline.improve.label_errors.suspects import Suspect
from pipeline.labels.audit.table import COLUMNS
from pipeline.labels.sheet import MOST_CHARACTERS, as_csv, cell, write_new
from pipeline.labels.values import ASKED
from pipeline.setup.home import Home
from store.articles import Articles

HOW = f"Проверьте метки и вместо «{ASKED}» поставьте 1, если новость относится к рубрике, и 0, если нет. "


def write_suspects(home: Home, suspects: Sequence[Suspect], titles: Mapping[str, str], file: Path) -> None:
    """Write the articles of some suspected labels, one line each, the most doubtful first.

    Every cell of a suspected label is a question mark and every other one blank, so that a table that nobody filled in
    says nothing; what was said before stands in the comment.

    Parameters
    ----------
    titles
        Category → what editors call it, in the order of the columns.

    Raises
    ------
    PipelineError
        When another table is there: a person may have filled it in.
    """
    asked: dict[str, list[Suspect]] = {}
    for one in suspects:
        asked.setdefault(one.id, []).append(one)
    articles = Articles(home.db).get(pa.array(list(asked), pa.string()), list(COLUMNS[1:4])).to_pylist()
    lines = [
        {name: cell(cut(row[name] or "", MOST_CHARACTERS)) for name in COLUMNS[:4]}
        | {"comment": HOW + "; ".join(doubt(one, titles) for one in asked[row["id"]])}
        | {one.category: ASKED for one in asked[row["id"]]}
        for row in articles
    ]
    keys = [key for key in titles if any(one.category == key for one in suspects)]
    write_new(file, as_csv([*COLUMNS, *keys], lines))


def doubt(one: Suspect, titles: Mapping[str, str]) -> str:
    """What was said of a category, and how likely a yes is."""
    likely = f"{one.probability:.2f}".replace(".", ",")
    return f"{titles[one.category]}: сейчас {int(one.label)}, вероятность единицы {likely}"
