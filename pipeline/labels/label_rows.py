"""Rows of a table of labels: each one's article and its cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline.crawl.article import Article
from pipeline.crawl.rows import Accepted
from pipeline.labels.id_columns import named_id
from pipeline.labels.sheet import unescaped

# Columns of a label table that are never a category.
NOT_LABELS = frozenset({"id", "ид", "source", "title", "text", "from", "generation", "comment", "annotator"})


@dataclass(frozen=True)
class LabelRow:
    """One article's label cells, still as they were written.

    Parameters
    ----------
    article_id
        From the article's content, or the ``id`` of a table without texts.
    line
        Where it stands in the file, from 1.
    cells
        Column → cell.
    others
        Ids under which the store may have the article, the surest first: the ``id`` of a table with texts, which may
        be an article's or a number of somebody else's, and that of its texts without the mark of :func:`sheet.cell`.
    """

    article_id: str
    line: int
    cells: Mapping[str, str]
    others: tuple[str, ...] = ()

    def stored_id(self, stored: Collection[str]) -> str:
        """The id by which the store has the article; if it has none, the one it will get."""
        return next((name for name in self.others if name in stored), self.article_id)


def article_row(row: Accepted) -> LabelRow:
    """A crawl's row as a label table's."""
    named, plain = named_id(row.labels), unescaped(row.article)
    article_id = restored(row.article, named).id
    return LabelRow(article_id, row.line, row.labels, (named, row.article.id, plain.id))


def restored(article: Article, named: str) -> Article:
    """The article as it was before :func:`sheet.cell` marked its texts, where its id proves that they were."""
    plain = unescaped(article)
    return plain if plain.id == named else article
