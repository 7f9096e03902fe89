"""Survey: what is in the store, counted in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
import numpy as np

from pipeline.crawl.zones import default_zone
from pipeline.ingest.survey.records import Labelling, Lengths, NearDuplicates, Source, Story, Survey, Totals
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.headline import HEADLINE, headline
from store.labels import OPINIONS
from store.sql import literal, open_sql, run_sql

STORIES = 8
BINS = 24  # of lengths; their edges grow by one factor, since lengths spread over three powers of ten
QUANTILES = {"min": 0.0, "q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95, "max": 1.0}
MONTH = "strftime(published_at, '%Y-%m')"

TOTALS = """
    SELECT count(*)::INT articles, count(DISTINCT source)::INT sources, min(published_at) AS first,
        max(published_at) AS last, count_if(published_at IS NULL)::INT undated, count_if(title = '')::INT untitled,
        count_if(len(sources) > 1)::INT reprinted, (SELECT count(*) FROM quarantine)::INT quarantined FROM articles
"""
SOURCES = """
    SELECT source, count(*)::INT articles, count_if(published_at IS NULL)::INT undated, median(length(text)) length,
        min(published_at) AS first, max(published_at) AS last FROM articles GROUP BY 1 ORDER BY 2 DESC, 1
"""
# `max` and not `any_value`: the same title at every call, so that the page of the same data is the same.
STORY_SIZES = f"""
    SELECT cluster, max(title) title, left(max(text), {HEADLINE + 1}) AS text, count(*)::INT articles,
        count(DISTINCT source)::INT sources
    FROM articles WHERE cluster IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 4 DESC, 2, 3
"""
LABELS = """
    SELECT category, count_if(value = 1)::INT yes, count_if(value = 0)::INT no,
        count_if(value = 1 AND part = 'test')::INT test_yes, count_if(value = 0 AND part = 'test')::INT test_no
    FROM labels JOIN articles ON articles.id = labels.article_id GROUP BY 1
"""
ANNOTATORS = f"""
    SELECT category, annotator, count_if(value = 1)::INT yes, count_if(value = 0)::INT no
    FROM ({OPINIONS}) WHERE article_id IN (SELECT id FROM articles) AND value IS NOT NULL
    GROUP BY 1, 2 ORDER BY annotator
"""
DISPUTED = f"""
    SELECT category, count(*)::INT articles FROM (
        SELECT category, article_id FROM ({OPINIONS}) WHERE article_id IN (SELECT id FROM articles)
        GROUP BY 1, 2 HAVING count(DISTINCT value) > 1) GROUP BY 1
"""
OVERLAPS = """
    SELECT a.category AS category, b.category AS other, count(*)::INT articles
    FROM labels a JOIN labels b ON a.article_id = b.article_id AND a.value = 1 AND b.value = 1
    WHERE a.article_id IN (SELECT id FROM articles) GROUP BY 1, 2
"""
# With `>= all categories` the known number is the true one; with `>= 1` it is the least that it can be.
CARDINALITY = """
    SELECT categories, count(*)::INT articles FROM (
        SELECT sum(value)::INT categories FROM labels WHERE article_id IN (SELECT id FROM articles) AND category IN ({})
        GROUP BY article_id HAVING count(*) >= {}) GROUP BY 1 ORDER BY 1
"""


def survey(home: Home, settings: Settings) -> Survey:
    """Count what is in the store; the categories and the zone of days and months are those of the settings."""
    db = open_sql(home.db, list(settings.categories))
    # An article of half past midnight in Moscow belongs to the month that its readers were in, not to that of UTC.
    db.execute(f"SET TimeZone = {literal(default_zone(settings.ingest.timezone).key)}")
    months = {row["month"]: row["n"] for row in run_sql(db, grouped(MONTH))}
    overlaps = {(row["category"], row["other"]): row["articles"] for row in run_sql(db, OVERLAPS)}
    keys = list(settings.categories)
    totals = Totals(**run_sql(db, TOTALS)[0])
    return Survey(
        totals=totals,
        sources=tuple(Source(**row) for row in run_sql(db, SOURCES)),
        months={month: months.get(month, 0) for month in without_gaps(months)},
        by_source=by_source(db),
        lengths=lengths(db),
        near_duplicates=repeated_stories(db),
        quarantine=quarantine(db),
        categories=labelling(db, settings, totals.articles),
        overlaps={key: {other: overlaps.get((key, other), 0) for other in keys if other != key} for key in keys},
        cardinality=articles_by_cardinality(db, keys, len(keys)),
        known_cardinality=articles_by_cardinality(db, keys, 1),
    )


def grouped(columns: str) -> str:
    """The query that counts dated articles by month and perhaps source."""
    return f"""
        SELECT {columns} AS month, count(*)::INT n FROM articles
        WHERE published_at IS NOT NULL GROUP BY ALL ORDER BY ALL
    """


def without_gaps(months: Mapping[str, int]) -> Iterator[str]:
    """Every month from the first to the last."""
    # A month without articles is a gap in the crawl, which a picture that leaves it out would hide.
    if not months:
        return
    first, last = (int(name[:4]) * 12 + int(name[5:]) - 1 for name in (min(months), max(months)))
    for month in range(first, last + 1):
        yield f"{month // 12:04d}-{month % 12 + 1:02d}"


def by_source(db: duckdb.DuckDBPyConnection) -> dict[str, dict[str, int]]:
    """Source → month → articles."""
    months_of: dict[str, dict[str, int]] = {}
    for row in run_sql(db, grouped(f"source, {MONTH}")):
        months_of.setdefault(row["source"], {})[row["month"]] = row["n"]
    return months_of


def quarantine(db: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Reason → rows, the commonest first."""
    rows = run_sql(db, "SELECT reason, count(*)::INT n FROM quarantine GROUP BY 1 ORDER BY 2 DESC, 1")
    return {row["reason"]: row["n"] for row in rows}


def lengths(db: duckdb.DuckDBPyConnection) -> Lengths | None:
    """How long the texts are; None where there is none."""
    characters = np.array([row["n"] for row in run_sql(db, "SELECT length(text) n FROM articles")], dtype=np.float64)
    if not len(characters):
        return None
    # A text may be empty, and zero has no logarithm; one more than the longest, so that it is inside.
    edges = np.geomspace(max(characters.min(), 1), max(characters.max(), 2) + 1, BINS + 1)
    quantiles = np.quantile(characters, list(QUANTILES.values()))
    return Lengths(
        dict(zip(QUANTILES, quantiles.tolist(), strict=True)),
        tuple(edges.round(1).tolist()),
        tuple(np.histogram(characters, edges)[0].tolist()),
    )


def repeated_stories(db: duckdb.DuckDBPyConnection) -> NearDuplicates:
    """Stories that were printed more than once."""
    searched = run_sql(db, "SELECT count(cluster)::INT n FROM articles")[0]["n"]
    stories = run_sql(db, STORY_SIZES)
    largest = tuple(Story(headline(row), row["articles"], row["sources"]) for row in stories[:STORIES])
    return NearDuplicates(searched, len(stories), sum(row["articles"] for row in stories), largest)


def labelling(db: duckdb.DuckDBPyConnection, settings: Settings, articles: int) -> dict[str, Labelling]:
    """Category → its labels, also of a category without any."""
    # The categories of the settings, each of them: labels of a removed one are in the store and not on the page.
    counts: dict[str, dict[str, Any]] = {row.pop("category"): row for row in run_sql(db, LABELS)}
    disputed = {row["category"]: row["articles"] for row in run_sql(db, DISPUTED)}
    annotators: dict[str, dict[str, tuple[int, int]]] = {}
    for row in run_sql(db, ANNOTATORS):
        annotators.setdefault(row["category"], {})[row["annotator"]] = (row["yes"], row["no"])
    labelled = {}
    for key, category in settings.categories.items():
        labels = counts.get(key, {"yes": 0, "no": 0, "test_yes": 0, "test_no": 0})
        unknown = articles - labels["yes"] - labels["no"]
        labelled[key] = Labelling(
            title=category.title,
            unknown=unknown,
            annotators=annotators.get(key, {}),
            disputed=disputed.get(key, 0),
            **labels,
        )
    return labelled


def articles_by_cardinality(db: duckdb.DuckDBPyConnection, keys: list[str], labels: int) -> dict[int, int]:
    """How many of the articles with at least so many labels have no label that is yes, one, two, …."""
    if not keys:
        return {}
    listed = ", ".join(literal(key) for key in keys)
    return {row["categories"]: row["articles"] for row in run_sql(db, CARDINALITY.format(listed, labels))}
