"""`import rubrika`: the records of the command line, in a notebook."""

import json
import re

import pandas as pd
import pyarrow as pa
import pytest

import rubrika
from pipeline.setup.errors import PipelineError
from pipeline.show.notebook import Result, Rows
from tests.pipeline.support.command import CONFIG, ROOT, SAMPLE

pytestmark = pytest.mark.usefixtures("navec")


@pytest.fixture
def navec(monkeypatch):
    monkeypatch.setenv("RUBRIKA_ENCODER__NAME", "navec-news")


@pytest.fixture
def desk(trained):
    return rubrika.open_home(trained.home, CONFIG)


def test_tables_are_those_of_sql(desk, trained):
    counts = trained.json("sql", "SELECT (SELECT count(*) FROM articles) AS a, (SELECT count(*) FROM labels) AS l")[0]
    articles, labels = desk.articles().to_pandas(), desk.labels().to_pandas()
    assert (len(articles), len(labels)) == (counts["a"], counts["l"])
    assert isinstance(articles, pd.DataFrame) and {"id", "source", "title", "text"} <= set(articles)
    matrix = desk.label_matrix().to_pandas()
    assert {"politics", "economy", "culture", "technology", "sport"} <= set(matrix)
    assert set(desk.predictions().to_pandas()["verdict"]) <= {"yes", "ask", "no"}
    assert pa.table(desk.articles()).equals(desk.articles().arrow)


def test_vectors_have_length_one(desk):
    rows = desk.vectors().arrow
    lengths = [sum(part * part for part in vector) for vector in rows["vector"].to_pylist()[:5]]
    assert lengths == pytest.approx([1.0] * 5, abs=1e-5)
    assert rows.num_rows == len(desk.articles())


def test_records_are_those_of_json(desk, trained):
    article = trained.json("sql", "SELECT id FROM articles ORDER BY id LIMIT 1")[0]["id"]
    assert desk.explain(article) == trained.json("explain", article)
    predicted = trained("predict", SAMPLE / "crawl.tsv").out.splitlines()
    assert desk.predict(SAMPLE / "crawl.tsv") == [json.loads(line) for line in predicted]
    evaluation = desk.evaluate()
    assert evaluation == trained.json("evaluate")
    assert evaluation["macro"]["average_precision"] > 0.5


def test_articles_in_memory_are_sorted_like_those_of_a_file(desk, trained):
    article = {"title": "Матч завершился победой хозяев", "text": "Команда забила три мяча, тренер доволен."}
    [answer] = desk.predict([article])
    [line] = trained("predict", "-", stdin=json.dumps(article)).out.splitlines()
    assert answer["categories"] == json.loads(line)["categories"]
    assert desk.predict(pd.DataFrame([article]).to_dict("records")) == [answer]


def test_a_home_is_begun_filled_trained_and_asked(trained, tmp_path, encoders):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "encoders").symlink_to(encoders)
    desk = rubrika.open_home(tmp_path / "home", CONFIG)
    assert desk.ingest(SAMPLE / "crawl.tsv")["stored"] == len(rubrika.open_home(trained.home, CONFIG).articles())
    assert desk.embed()["encoder"] == "navec-news"
    assert len(desk.suggest("sport", n=3)["suggestions"]) == 3
    assert desk.import_labels(SAMPLE / "labels.csv")["categories"]["sport"]["positive"] > 0
    assert desk.train("sport")["categories"].keys() == {"sport"}
    assert desk.train()["categories"]["sport"]["state"] == "reused"
    assert desk.evaluate(compare="none")["categories"].keys() == {
        "politics",
        "economy",
        "culture",
        "technology",
        "sport",
    }


def test_a_missing_home_is_said(tmp_path):
    with pytest.raises(PipelineError, match=r"no home at .*begin with"):
        rubrika.open_home(tmp_path / "nowhere")


def test_a_notebook_shows_tables_and_the_report(desk):
    html = desk.articles()._repr_html_()
    assert html.startswith("<table>") and "more rows" in html
    page = desk.evaluate()._repr_html_()
    assert page.startswith("<iframe srcdoc=") and "Рубрика" in page


def test_what_a_crawl_says_is_escaped():
    rows = Rows(pa.table({"title": ["<script>alert(1)</script>", None]}))
    assert "<script>" not in rows._repr_html_()
    shown = Result({"bundle": "<b>", "categories": {"sport": {"title": "<i>"}}})._repr_html_()
    assert "<b>" not in shown and "<i>" not in shown and "sport" in shown


@pytest.mark.parametrize("readme", ["README.md", "README.ru.md"])
def test_the_lines_of_the_readme_run(copy, readme, tmp_path, monkeypatch):
    [block] = re.findall(r"^```python\n(.*?)^```$", (ROOT / readme).read_text(encoding="utf-8"), flags=re.M | re.S)
    copy.home.rename(tmp_path / "var")
    (tmp_path / "rubrika.toml").write_bytes(CONFIG.read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(block)
