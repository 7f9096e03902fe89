import json
from pathlib import Path

import pytest

from pipeline.ingest.survey.survey import without_gaps


@pytest.fixture(scope="module")
def said(trained):
    return trained.json("report", "data")


def sql(trained, query):
    return next(iter(trained.json("sql", query)[0].values()))


def test_the_figures_are_those_of_sql(trained, said):
    totals = said["totals"]
    assert totals["articles"] == sql(trained, "SELECT count(*) FROM articles") == 516
    assert totals["undated"] == sql(trained, "SELECT count(*) FROM articles WHERE published_at IS NULL")
    assert totals["quarantined"] == sum(said["quarantine"].values()) == 12
    assert totals["reprinted"] == 8
    assert sum(row["articles"] for row in said["sources"]) == 516
    assert sum(said["months"].values()) == 516 - totals["undated"]
    assert sum(sum(row.values()) for row in said["by_source"].values()) == 516 - totals["undated"]
    assert sum(said["lengths"]["counts"]) == 516
    assert sum(said["cardinality"].values()) == 516
    assert said["known_cardinality"] == said["cardinality"]


def test_labels_and_overlaps_agree(said):
    for key, one in said["categories"].items():
        assert one["yes"] + one["no"] + one["unknown"] == 516
        assert one["annotators"] == {"import:labels.csv": [one["yes"], one["no"]]}
        assert one["disputed"] == 0
        assert 0 < one["test_yes"] < one["yes"]
        assert all(said["overlaps"][other][key] == shared for other, shared in said["overlaps"][key].items())


def test_near_duplicates_are_the_clusters(trained, said):
    clusters = "SELECT count(*) n FROM (SELECT cluster FROM articles GROUP BY 1 HAVING count(*) > 1)"
    assert said["near_duplicates"]["stories"] == sql(trained, clusters)
    assert all(story["title"] for story in said["near_duplicates"]["largest"])


def test_the_page_and_its_json_lie_in_the_home(trained, said):
    page = Path(said["report"])
    assert page == trained.home / "reports" / "data.html"
    assert "Какие у нас данные" in page.read_text(encoding="utf-8")
    beside = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert {"report": said["report"], **beside} == said


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
