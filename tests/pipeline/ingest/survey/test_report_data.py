import json
from pathlib import Path

import pytest

from pipeline.ingest.survey.survey import without_gaps


@pytest.fixture(scope="module")
def report(trained):
    return trained.json("report", "data")


def sql(trained, query):
    return next(iter(trained.json("sql", query)[0].values()))


def test_the_figures_are_those_of_sql(trained, report):
    totals = report["totals"]
    assert totals["articles"] == sql(trained, "SELECT count(*) FROM articles") == 516
    assert totals["undated"] == sql(trained, "SELECT count(*) FROM articles WHERE published_at IS NULL")
    assert totals["quarantined"] == sum(report["quarantine"].values()) == 12
    assert totals["reprinted"] == 8
    assert sum(row["articles"] for row in report["sources"]) == 516
    assert sum(report["months"].values()) == 516 - totals["undated"]
    assert sum(sum(row.values()) for row in report["by_source"].values()) == 516 - totals["undated"]
    assert sum(report["lengths"]["counts"]) == 516
    assert sum(report["cardinality"].values()) == 516
    assert report["known_cardinality"] == report["cardinality"]


def test_labels_and_overlaps_agree(report):
    for key, labels in report["categories"].items():
        assert labels["yes"] + labels["no"] + labels["unknown"] == 516
        assert labels["annotators"] == {"import:labels.csv": [labels["yes"], labels["no"]]}
        assert labels["disputed"] == 0
        assert 0 < labels["test_yes"] < labels["yes"]
        assert all(report["overlaps"][other][key] == shared for other, shared in report["overlaps"][key].items())


def test_near_duplicates_are_the_clusters(trained, report):
    clusters = "SELECT count(*) n FROM (SELECT cluster FROM articles GROUP BY 1 HAVING count(*) > 1)"
    assert report["near_duplicates"]["stories"] == sql(trained, clusters)
    assert all(story["title"] for story in report["near_duplicates"]["largest"])


def test_the_page_and_its_json_lie_in_the_home(trained, report):
    page = Path(report["report"])
    assert page == trained.home / "reports" / "data.html"
    assert "Какие у нас данные" in page.read_text(encoding="utf-8")
    beside = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert {"report": report["report"], **beside} == report


def test_people_get_the_main_figures_and_the_path(trained):
    out = trained("report", "data").out
    assert "516 articles of 5 sources, 2023-01-08 to 2025-06-27; 40 without a date" in out
    assert "near-duplicates: 32 stories in 64 articles" in out
    assert "reports/data.html" in out.replace("\n", "")


def test_without_articles_it_says_what_to_run(empty):
    result = empty("report", "data")
    assert (result.code, result.err) == (1, f"rubrika: no articles in {empty.home} yet; run: rubrika ingest FILE\n")


def test_months_without_articles_are_not_left_out():
    assert list(without_gaps({"2023-11": 1, "2024-02": 1})) == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert list(without_gaps({})) == []
