"""The sheet to check: whole articles with a question mark for every suspected label, as `labels import` reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.improve.label_errors.suspects import Suspect
from pipeline.labels.sheet import SHEET_COLUMNS, article_cells, as_csv
from pipeline.labels.values import ASKED
from pipeline.setup.home import Home

HOW = f"Проверьте метки и вместо «{ASKED}» поставьте 1, если новость относится к рубрике, и 0, если нет. "


def sheet_to_check(home: Home, suspects: Sequence[Suspect], titles: Mapping[str, str]) -> str:
    """The articles of some suspected labels as a CSV, one line each, the most doubtful first.

    Every cell of a suspected label is a question mark and every other one blank, so that a sheet that nobody filled in
    says nothing; what was said before stands in the comment.

    Parameters
    ----------
    titles
        Category → what editors call it, in the order of the columns.
    """
    of_article: dict[str, list[Suspect]] = {}
    for suspect in suspects:
        of_article.setdefault(suspect.id, []).append(suspect)
    lines = [
        cells
        | {"comment": HOW + "; ".join(comment_on(suspect, titles) for suspect in of_article[cells["id"]])}
        | {suspect.category: ASKED for suspect in of_article[cells["id"]]}
        for cells in article_cells(home, list(of_article))
    ]
    keys = [key for key in titles if any(suspect.category == key for suspect in suspects)]
    return as_csv([*SHEET_COLUMNS, "comment", *keys], lines)


def comment_on(suspect: Suspect, titles: Mapping[str, str]) -> str:
    """What was said of a category, and how likely a yes is."""
    likely = f"{suspect.probability:.2f}".replace(".", ",")
    return f"{titles[suspect.category]}: сейчас {int(suspect.label)}, вероятность единицы {likely}"
