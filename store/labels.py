"""Labels: an append-only log of who said what about which article and category; the current label is read from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from lancedb.db import DBConnection

from store.lance import append_rows, open_table, read, replace_value

SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("category", pa.string()),
        ("value", pa.int8()),
        ("annotator", pa.string()),
        ("labelled_at", pa.timestamp("us", tz="UTC")),
        ("confidence", pa.float32()),  # in [0, 1], of the annotator knn
    ]
)

# Kinds of annotators, the most trusted first: no run of a model may overrule a person.
TRUST = ("editor", "import", "llm", "knn")
PROPAGATED = "knn"
RANK = " ".join(f"WHEN '{kind}' THEN {rank}" for rank, kind in enumerate(TRUST))

# The latest opinion of each annotator. A NULL value withdraws an opinion. `row_number` and not `arg_max`, which skips
# NULLs and would bring a withdrawn opinion back. Of two values at one moment yes wins, so that the answer does not
# depend on the order of rows.
OPINIONS = """
    SELECT article_id, category, annotator, value, labelled_at, confidence FROM log
    QUALIFY row_number() OVER (
        PARTITION BY article_id, category, annotator ORDER BY labelled_at DESC, value DESC NULLS LAST) = 1
"""
# Withdrawn opinions leave before annotators are ranked: an editor who takes back gives the word to the next one.
CURRENT = f"""
    SELECT article_id, category, value, annotator, labelled_at, confidence FROM ({OPINIONS}) WHERE value IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY article_id, category
        ORDER BY CASE split_part(annotator, ':', 1) {RANK} ELSE {len(TRUST)} END, labelled_at DESC, annotator) = 1
    ORDER BY category, article_id
"""
LATEST = f"""
    SELECT o.article_id, o.category, o.annotator, o.value, o.labelled_at, c.annotator IS NOT NULL AS counts
    FROM ({OPINIONS}) o LEFT JOIN ({CURRENT}) c USING (article_id, category, annotator)
    ORDER BY o.category, o.article_id, o.annotator
"""
EVER = f"""
    SELECT o.category, o.annotator, o.value, o.labelled_at, c.annotator IS NOT NULL AS counts
    FROM log o LEFT JOIN ({CURRENT}) c USING (article_id, category, annotator, labelled_at)
    ORDER BY o.category, o.labelled_at, o.annotator
"""


class Labels:
    """The label log; no label means unknown, never 0."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "labels", SCHEMA)

    def add(self, opinions: pa.Table, annotator: str) -> int:
        """Append the opinions that differ from what this annotator said last; repeating it changes nothing.

        Parameters
        ----------
        opinions
            Columns ``article_id``, ``category``, ``value`` (1, 0 or null: withdrawn) and, if there is one,
            ``confidence``. Of opinions about the same article and category the last one counts.
        annotator
            ``editor:NAME``, ``import:FILE``, ``llm:MODEL`` or ``knn``.

        Returns
        -------
        int
            Opinions appended.
        """
        # The whole log is read, also where one label is added: a quarter of a second for 675,000 opinions.
        log = self.log()
        if "confidence" not in opinions.column_names:
            opinions = opinions.append_column("confidence", pa.nulls(opinions.num_rows, pa.float32()))
        fresh = query(
            f"""
            WITH latest AS (SELECT * FROM ({OPINIONS}) WHERE annotator = $annotator),
            given AS (
                SELECT article_id, category, value, confidence
                FROM (SELECT *, row_number() OVER () AS place FROM opinions)
                QUALIFY row_number() OVER (PARTITION BY article_id, category ORDER BY place DESC) = 1)
            SELECT given.* FROM given LEFT JOIN latest USING (article_id, category)
            WHERE latest.article_id IS NULL AND given.value IS NOT NULL
               OR latest.article_id IS NOT NULL AND given.value IS DISTINCT FROM latest.value
            ORDER BY category, article_id
            """,
            {"annotator": annotator},
            log=log,
            opinions=opinions,
        )
        fresh = fresh.append_column("annotator", pa.array([annotator] * fresh.num_rows, pa.string()))
        # One moment for all: opinions of one call are one event, and none of them is later than another.
        now = pa.array([datetime.now(UTC)] * fresh.num_rows, SCHEMA.field("labelled_at").type)
        append_rows(self.table, fresh.append_column("labelled_at", now).select(SCHEMA.names).cast(SCHEMA))
        return int(fresh.num_rows)

    def opinions(self, category: str) -> int:
        """Return how many opinions were ever given about a category, withdrawn ones among them."""
        return int(self.table.count_rows(f"category = '{category}'"))

    def rename(self, old: str, new: str) -> None:
        """Give a category's opinions to its new key."""
        replace_value(self.table, "category", old, new)

    def log(self) -> pa.Table:
        """Return every opinion ever given."""
        return read(self.table)

    def current(self) -> pa.Table:
        """Return the label that counts for each article and category.

        Latest wins within an annotator; between annotators editor > import > llm > knn.

        Returns
        -------
        pyarrow.Table
            ``article_id``, ``category``, ``value`` (int8, 1 or 0), ``annotator``, ``labelled_at``, ``confidence``
            (float32, null but for ``knn``), ordered by category and article.
        """
        return query(CURRENT, {}, log=self.log())

    def given(self) -> pa.Table:
        """Return :meth:`current` without the labels that were only propagated: what heads learn and are measured by."""
        current = self.current()
        return current.filter(pc.not_equal(current["annotator"], PROPAGATED))

    def latest(self) -> pa.Table:
        """Return the latest opinion of each annotator, withdrawn ones among them.

        Returns
        -------
        pyarrow.Table
            ``article_id``, ``category``, ``annotator``, ``value`` (int8: 1, 0 or null, withdrawn), ``labelled_at``,
            ``counts`` (bool, whether it is the label of :meth:`current`), ordered by category, article and annotator.
        """
        return query(LATEST, {}, log=self.log())

    def about(self, article_id: str) -> pa.Table:
        """Return every opinion ever given about one article, by category and then time.

        Returns
        -------
        pyarrow.Table
            ``category``, ``annotator``, ``value``, ``labelled_at``, ``counts``, see :meth:`latest`.
        """
        return query(EVER, {}, log=read(self.table, where=f"article_id = '{article_id}'"))


def query(sql: str, parameters: dict[str, str], **tables: pa.Table) -> pa.Table:
    """Run one SQL statement over Arrow tables."""
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return connection.sql(sql, params=parameters or None).to_arrow_table()


def opinions_table(opinions: Sequence[tuple[str, str, int]]) -> pa.Table:
    """Opinions as (article id, category, value) in the columns that the label log takes."""
    names = ("article_id", "category", "value")
    kinds = (pa.string(), pa.string(), pa.int8())
    return pa.table(
        {
            name: pa.array([row[place] for row in opinions], kind)
            for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
        }
    )
