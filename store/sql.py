"""SQL: DuckDB views over the tables, for analysts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
from lancedb.db import DBConnection

from store.articles import Articles
from store.audits import Audits
from store.errors import StoreError
from store.generations import Generations
from store.labels import CURRENT, LATEST, Labels
from store.lance import unreadable
from store.metrics import Metrics
from store.predictions import Predictions
from store.quarantine import Quarantine
from store.review_candidates import ReviewCandidates
from store.splits import Splits

VIEWS = (
    "articles",
    "labels",
    "opinions",
    "label_matrix",
    "candidates",
    "audits",
    "generations",
    "prompts",
    "predictions",
    "metrics",
    "quarantine",
    "bundles",
    "history",
)

ARTICLES = """
    SELECT a.id, a.source, s.sources, a.title, a.text, a.published_at, a.published_raw, p.part, p.cluster
    FROM lance_articles a
    LEFT JOIN (SELECT article_id, list_sort(list(DISTINCT source)) AS sources FROM lance_sightings GROUP BY 1) s
        ON s.article_id = a.id
    LEFT JOIN lance_splits p ON p.id = a.id
"""

# How DuckDB reports that a registered Lance table raised while it was read.
BROKEN = re.compile(r"registered as '(lance_)?(?P<table>\w+)' failed: (?P<reason>.*)")

# What was labelled meanwhile is no candidate any more.
CANDIDATES = """
    SELECT c.article_id, c.category, c.derived_from, c.suggestion FROM lance_candidates c
    ANTI JOIN labels l ON l.article_id = c.article_id AND l.category = c.category
"""


def open_sql(
    db: DBConnection, categories: Sequence[str], others: Mapping[str, pa.Table] | None = None
) -> duckdb.DuckDBPyConnection:
    """Return a connection with a view for every name in ``VIEWS`` that is of the store, and those of ``others``.

    The views are of the store as it is now: Lance tables are registered as snapshots.

    Parameters
    ----------
    db
        An open database.
    categories
        The columns of ``label_matrix``, beside those that have labels.
    others
        Tables that are not of the store, by the name of their view.
    """
    # else a name that is no view is looked up among the variables of this program
    connection = duckdb.connect(config={"python_enable_replacements": False})
    articles, generations = Articles(db), Generations(db)
    tables = {
        "lance_articles": articles.table,
        "lance_sightings": articles.sightings,
        "lance_splits": Splits(db).table,
        "log": Labels(db).table,
        "lance_candidates": ReviewCandidates(db).table,
        "audits": Audits(db).table,
        "predictions": Predictions(db).table,
        "metrics": Metrics(db).table,
        "quarantine": Quarantine(db).table,
        "generations": generations.table,
        "prompts": generations.prompts,
    }
    # Snapshots: DuckDB's own Lance extension would go on serving the version that it saw first, for ever.
    for name, table in tables.items():
        connection.register(name, table.to_lance())
    for name, rows in (others or {}).items():
        connection.register(name, rows)
    connection.execute(f"CREATE VIEW articles AS {ARTICLES}")
    connection.execute(f"CREATE VIEW labels AS {CURRENT}")
    connection.execute(f"CREATE VIEW opinions AS {LATEST}")
    connection.execute(f"CREATE VIEW candidates AS {CANDIDATES}")
    connection.execute(f"CREATE VIEW label_matrix AS {matrix_of(categories)}")
    connection.execute("SET TimeZone = 'UTC'")  # else dates would follow the machine that asks
    return connection


def matrix_of(categories: Sequence[str]) -> str:
    """Return the SELECT that pivots labels: one row an article, one 1/0/NULL column a category."""
    columns = "".join(f", max(value) FILTER (category = {literal(key)}) AS {identifier(key)}" for key in categories)
    return f"SELECT article_id{columns} FROM labels GROUP BY article_id ORDER BY article_id"


def literal(text: str) -> str:
    """Quote a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Quote a SQL name."""
    return '"' + name.replace('"', '""') + '"'


def run_sql(connection: duckdb.DuckDBPyConnection, statement: str) -> list[dict[str, Any]]:
    """Run one statement and return its rows.

    Raises
    ------
    StoreError
        With DuckDB's first line when the statement is wrong (exit code 2), or when a table's files are damaged.
    """
    with statement_errors():
        result = connection.execute(statement)
        names = [column[0] for column in result.description or []]
        # All rows at once: after a part of them was fetched, DuckDB refuses the next statement.
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def run_sql_arrow(connection: duckdb.DuckDBPyConnection, statement: str) -> pa.Table:
    """Run one statement and return its rows as an Arrow table; errors are those of :func:`run_sql`."""
    with statement_errors():
        return connection.sql(statement).to_arrow_table()


@contextmanager
def statement_errors() -> Iterator[None]:
    """Turn what DuckDB says of a statement into one line."""
    try:
        yield
    except duckdb.Error as error:
        reason = " ".join(str(error).split("\n\n")[0].split())
        if broken := BROKEN.search(reason):
            raise StoreError(unreadable(broken["table"], broken["reason"]), exit_code=3) from error
        raise StoreError(f"SQL: {reason} (views: {', '.join(VIEWS)})", exit_code=2) from error
