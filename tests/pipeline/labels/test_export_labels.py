import csv
import json

import pytest

from tests.pipeline.support.annotating import article, store_articles
from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import IDS, Desk

FORMATS = ("csv", "jsonl", "parquet")


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.say("culture", {0: 1, 1: 0, 2: 1}, "import:gold.csv")
    desk.say("economy", {0: 0, 3: 1}, "llm:tiny")
    desk.say("culture", {1: 1, 4: 0}, "editor:анна")
    desk.say("culture", {4: None}, "editor:анна")
    return desk


@pytest.fixture
def rubrika(desk):
    return Rubrika(desk.home.path, desk.file)


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_exported_and_imported_elsewhere_gives_the_same_labels(desk, rubrika, tmp_path, suffix):
    file = tmp_path / f"out.{suffix}"
    done = rubrika.json("labels", "export", file)
    assert (done["file"], done["articles"], done["waiting"]) == (str(file), 4, 0)
    assert done["categories"] == {
        "politics": {"positive": 0, "negative": 0, "unknown": 4},
        "economy": {"positive": 1, "negative": 1, "unknown": 2},
        "culture": {"positive": 3, "negative": 0, "unknown": 1},
    }
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other")
    imported = Rubrika(other.home.path, other.file).json("labels", "import", file)
    assert imported["categories"] == done["categories"]
    assert (imported["unmatched"], imported["unreadable"]) == (0, 0)
    assert other.labels() == desk.labels() == {"culture": {0: 1, 1: 1, 2: 1}, "economy": {0: 0, 3: 1}}


def test_one_annotator_s_opinions_of_one_category(desk, rubrika, tmp_path):
    rubrika.json("labels", "export", tmp_path / "g.jsonl", "--annotator", "import:gold.csv", "--category", "culture")
    rows = [json.loads(line) for line in (tmp_path / "g.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["title"]: row["culture"] for row in rows} == {"Заметка 0": 1, "Заметка 1": 0, "Заметка 2": 1}
    assert list(rows[0]) == ["id", "source", "title", "text", "publication_date", "culture"]
    assert rows[0]["publication_date"] is None
    rubrika.json("labels", "export", tmp_path / "a.csv", "--annotator", "editor:анна")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["title"], row["politics"], row["economy"], row["culture"]) == ("Заметка 1", "", "", "1")


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_exported_table_is_a_crawl_with_labels(tmp_path, suffix):
    rows = [article("x", text='«Кавычки», "и", запятая;\nстрока'), article("y", text="= 1 + 1")]
    (tmp_path / "a").mkdir()
    desk = Desk(tmp_path / "a", ["politics", "sport"])
    store_articles(desk.home, rows)
    rubrika = Rubrika(desk.home.path, desk.file)
    labels = tmp_path / "labels.csv"
    labels.write_text(f"id,sport\n{rows[0]['id']},1\n{rows[1]['id']},0\n", encoding="utf-8")
    rubrika.json("labels", "import", labels)
    rubrika.json("labels", "export", tmp_path / f"t.{suffix}")
    fresh = Rubrika(tmp_path / "b", desk.file)
    done = fresh.json("ingest", tmp_path / f"t.{suffix}")
    assert (done["stored"], done["quarantined"], done["labels"]) == (2, 0, 2)
    question = (
        "SELECT id, source, title, text, published_at, value FROM articles JOIN labels ON id = article_id ORDER BY 1"
    )
    assert fresh.json("sql", question) == rubrika.json("sql", question)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--annotator", "editor:кто"), 2, "no opinions of 'editor:кто'; there are: editor:анна, import:gold.csv, llm"),
        (("--category", "weather"), 2, "no category 'weather'; there are: politics, economy, culture"),
        (("--category", "politics"), 1, "no labels of stored articles for politics to export; see who said what with:"),
    ],
)
def test_what_cannot_be_exported_is_one_line_and_no_file(rubrika, tmp_path, arguments, code, said):
    result = rubrika("labels", "export", tmp_path / "out.csv", *arguments)
    assert (result.code, result.err.count("\n")) == (code, 1)
    assert said in result.err
    assert not (tmp_path / "out.csv").exists()


def test_a_person_reads_how_much_was_written_and_a_file_is_never_written_over(desk, rubrika, tmp_path):
    desk.say("culture", {5: 1})
    said = rubrika("labels", "export", tmp_path / "out.csv").out
    assert f"5 articles in {tmp_path / 'out.csv'}\n" in said
    before = (tmp_path / "out.csv").read_bytes()
    again = rubrika("labels", "export", tmp_path / "out.csv")
    assert (again.code, (tmp_path / "out.csv").read_bytes()) == (2, before)
    assert "is there already; move it away, or export to another file" in again.err


def test_labels_that_wait_for_their_article_are_counted_and_left_out(rubrika, tmp_path):
    table = tmp_path / "more.csv"
    table.write_text(f"id,culture\n{'0' * 32},1\n{IDS[9]},1\n", encoding="utf-8")
    rubrika.json("labels", "import", table)
    done = rubrika.json("labels", "export", tmp_path / "out.csv", "--category", "culture")
    assert (done["articles"], done["waiting"]) == (4, 1)
