"""The table of an audit: articles with a question mark wherever a person is asked, and nothing of what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipeline.labels.audit.sample import by_lot
from pipeline.labels.sheet import SHEET_COLUMNS, article_cells, as_csv
from pipeline.labels.values import ASKED
from pipeline.setup.home import Home
from store.audits import Audit

COMMENT = f"Вместо «{ASKED}» поставьте 1, если новость относится к рубрике, и 0, если нет. Рубрики: "


def questions(audit: Audit, answered: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    """Article → the categories that a person is asked about, by lot: whoever stops halfway has a random sample, too."""
    unanswered: dict[str, list[str]] = {}
    for stratum in audit.strata:
        for article in stratum.sample:
            if (article, stratum.category) not in answered:
                unanswered.setdefault(article, []).append(stratum.category)
    return {article: unanswered[article] for article in by_lot(unanswered, audit.seed)}


def audit_table(home: Home, unanswered: Mapping[str, list[str]], titles: Mapping[str, str]) -> str:
    """A CSV that ``labels import`` reads, one line an article.

    Parameters
    ----------
    unanswered
        Article → categories, in the order of the lines.
    titles
        Category → what editors call it; its key is the column.
    """
    rows = [
        row
        | {"comment": COMMENT + ", ".join(titles[key] for key in unanswered[row["id"]])}
        | dict.fromkeys(unanswered[row["id"]], ASKED)
        for row in article_cells(home, list(unanswered))
    ]
    return as_csv([*SHEET_COLUMNS, "comment", *titles], rows)
