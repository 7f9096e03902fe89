"""What reading a crawl gives: every record comes out exactly once, as an article or as a reason why it is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.crawl.article import Article, Assumed, Reason, make_article
from pipeline.crawl.columns import Columns


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record that is an article.

    Attributes
    ----------
    article
        The clean article.
    line
        The line that the record begins on, from 1; in parquet the row.
    labels
        All other columns as they were written, by name: ``{"politics": "1", "generation": "..."}``.
    fields
        The whole row as it came, by name; of typed formats with its types.
    """

    article: Article
    line: int
    labels: dict[str, str]
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record for quarantine.

    Attributes
    ----------
    raw
        The record's bytes, of a record that is too large the first `MAX_RECORD`; of a parquet row its JSON.
    line
        The line that the record begins on, from 1; in parquet the row.
    reason
        Why it is not an article.
    """

    raw: bytes
    line: int
    reason: Reason


Row = Accepted | Rejected


def judge(
    columns: Columns,
    values: Sequence[str],
    raw: bytes,
    line: int,
    assumed: Assumed,
    whole: Mapping[str, Any] | None = None,
) -> Row:
    """Make a row of a record's values.

    Parameters
    ----------
    columns
        The file's columns.
    values
        The record's fields as strings.
    raw
        The record's bytes.
    line
        The line that it begins on.
    assumed
        What rows that do not say are taken to mean.
    whole
        The row as it came, where its values were no strings or stood inside others.

    Returns
    -------
    Row
        Rejected if there are not as many values as columns or if they make no article.
    """
    if len(values) > len(columns.names) and not any(values[len(columns.names) :]):
        values = values[: len(columns.names)]  # blank cells beside the table, as spreadsheets leave them
    if len(values) != len(columns.names):
        return Rejected(raw, line, "wrong number of fields")
    article: Article | Reason = make_article(columns.raw_article(values), assumed)
    if isinstance(article, Article):
        fields = dict(zip(columns.names, values, strict=True)) if whole is None else whole
        return Accepted(article, line, columns.labels(values), fields)
    return Rejected(raw, line, article)
