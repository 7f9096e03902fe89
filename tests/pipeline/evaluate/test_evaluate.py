import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from models.evaluation.evaluation import Evaluation
from models.evaluation.registry import METRICS, NAMES
from pipeline.evaluate.evaluate import Evaluated
from pipeline.evaluate.show import print_evaluated

FIGURES = {*NAMES, "threshold", "positives", "negatives", "tp", "fp", "fn", "tn"}


@pytest.fixture(scope="module")
def evaluation(trained):
    return trained.json("evaluate")


def test_the_contract_of_the_json(evaluation):
    assert {"bundle", "report", "articles", "categories", "macro", "micro", "subset_accuracy", "baselines"} <= set(
        evaluation
    )
    assert all(set(said) >= FIGURES for said in evaluation["categories"].values())
    assert set(evaluation["baselines"]) == {"majority", "knn", "tfidf_word", "tfidf_char"}
    assert set(evaluation["averaged"]) == set(evaluation["categories"])
    assert set(evaluation["newsroom"]["baselines"]) == set(evaluation["baselines"])
    for said in evaluation["baselines"].values():
        assert {"macro", "micro", "subset_accuracy", "hamming_loss", "intervals"} <= set(said)
        assert set(said["categories"]) == set(evaluation["categories"])
        assert "average_precision" in said["macro"]


def test_every_figure_has_an_interval_around_it_or_above_for_calibration(evaluation):
    for key, said in evaluation["categories"].items():
        for figure in ("average_precision", "roc_auc", "precision", "recall", "f1"):
            low, high = evaluation["intervals"][f"{key}.{figure}"]
            assert low <= said[figure] <= high


def test_what_the_newsroom_gains_is_there_for_all_and_for_each_category(evaluation):
    gain = evaluation["newsroom"]
    assert set(gain["categories"]) == set(evaluation["categories"])
    assert gain["decided"]["low"] <= gain["decided"]["value"] <= gain["decided"]["high"]
    day = gain["articles_per_day"] * gain["minutes_per_article"]
    assert gain["minutes_saved"] == pytest.approx(gain["decided"]["value"] * day)
    for said in gain["categories"].values():
        assert gain["decided"]["value"] <= said["decided"]["value"] <= 1
        assert set(said["broken"]) == {
            verdict for verdict in ("yes", "no") if said[f"{verdict}_precision"]["high"] < said["promised"]
        }
    low, high = gain["minutes_saved_interval"]
    assert low <= gain["minutes_saved"] <= high
    assert gain["right"]["low"] <= gain["right"]["value"] <= gain["right"]["high"]


def test_saying_no_to_everything_decides_but_finds_nothing(evaluation):
    majority = evaluation["newsroom"]["baselines"]["majority"]
    assert majority["yes"] == 0
    assert all(said["yes"] == 0 for said in majority["categories"].values())


def test_a_perfect_share_of_few_articles_has_an_interval(evaluation):
    perfect = [key for key, said in evaluation["categories"].items() if said["precision"] == 1 or said["recall"] == 1]
    for key in perfect:
        said = evaluation["categories"][key]
        for name in ("precision", "recall"):
            if said[name] == 1:
                assert 0.5 < evaluation["intervals"][f"{key}.{name}"][0] < 1
    assert perfect


def test_heads_beat_majority_and_neighbours_on_the_sample(evaluation):
    ours = evaluation["macro"]["average_precision"]
    assert ours > evaluation["baselines"]["knn"]["macro"]["average_precision"]
    assert ours > evaluation["baselines"]["majority"]["macro"]["average_precision"] + 0.5


def test_only_articles_of_the_test_part_are_measured(trained, evaluation):
    (row,) = trained.json("sql", "SELECT count(*) n FROM articles WHERE part = 'test'")
    assert evaluation["articles"] == row["n"]
    assert all(said["positives"] + said["negatives"] == row["n"] for said in evaluation["categories"].values())


def test_an_evaluation_that_would_be_the_same_is_found_again(trained, evaluation):
    result = trained("evaluate")
    assert "nothing changed since the last evaluation" in result.out
    assert "decided without a person at a promised precision of 0.9: " in result.out
    assert "left out of every macro average" not in result.out
    assert evaluation["report"] in result.out


def test_categories_that_no_average_counts_are_named(evaluation, capsys):
    uneven = Evaluation.model_validate(evaluation | {"averaged": ["economy", "culture", "technology", "sport"]})
    print_evaluated(Evaluated(uneven, True), as_json=False)
    assert "left out of every macro average, as the test has no article in it or none outside: politics\n" in (
        capsys.readouterr().out
    )


def test_figures_and_predictions_are_there_for_sql(trained, evaluation):
    (row,) = trained.json(
        "sql", "SELECT value FROM metrics WHERE model = 'heads' AND category = 'macro' AND metric = 'average_precision'"
    )
    assert row["value"] == pytest.approx(evaluation["macro"]["average_precision"])
    (row,) = trained.json("sql", "SELECT count(*) n, count(DISTINCT article_id) articles FROM predictions")
    assert (row["n"], row["articles"]) == (516 * 5, 516)


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.outside, self.pictures, self.nameless = [], 0, 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in {"link", "script", "img", "iframe"}:
            self.outside += [given.get("src") or given.get("href") or ""]
        if tag == "svg" and given.get("aria-hidden") != "true":
            self.pictures += 1
            self.nameless += not given.get("aria-label")


def test_the_report_is_one_file_that_asks_for_nothing_from_outside(evaluation):
    html = Path(evaluation["report"]).read_text(encoding="utf-8")
    page = Page()
    page.feed(html)
    assert not [link for link in page.outside if not link.startswith("data:")]
    assert not re.search(r"url\((?!['\"]?(data:|#))|@import", html)
    assert page.pictures >= 4 * 5
    assert page.nameless == 0
    for word in ("Политика", "Спорт", "Матрица ошибок", "Точность", "Полнота"):
        assert word in html


def test_without_a_bundle_it_is_said_what_to_run(empty):
    result = empty("evaluate")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "rubrika train" in result.err


def test_the_json_beside_the_report_is_the_same(evaluation):
    beside = json.loads(Path(evaluation["report"]).with_suffix(".json").read_text(encoding="utf-8"))
    assert beside == evaluation


def test_every_metric_has_its_column_and_its_row_for_sql(trained, evaluation):
    table = trained("evaluate").out
    assert all((metric.column or metric.english) in table for metric in METRICS)
    rows = trained.json("sql", "SELECT model, category, metric, value, low, high FROM metrics")
    shown = {(row["model"], row["category"], row["metric"]): row for row in rows}
    for model, figures in {"heads": evaluation, **evaluation["baselines"]}.items():
        assert shown[model, "all", "hamming_loss"]["value"] == figures["hamming_loss"]
        assert shown[model, "micro", "tp"]["value"] == figures["micro"]["tp"]
        for name in NAMES:
            for group, values in {**figures["categories"], "macro": figures["macro"]}.items():
                row = shown[model, group, name]
                assert row["value"] == values[name]
                assert [row["low"], row["high"]] == figures["intervals"][f"{group}.{name}"]
