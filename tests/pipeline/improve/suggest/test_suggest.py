import csv
import shutil

import pyarrow as pa
import pytest

from pipeline.annotate.plan import make_plan
from pipeline.annotate.sample import order_of
from pipeline.improve.suggest.suggest import suggest
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import open_home
from store.labels import Labels
from store.splits import Splits
from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.homes import KEYS, label, tiny_home, tiny_ids, tiny_settings

IDS = tiny_ids()


@pytest.fixture(scope="module")
def cold_home(tmp_path_factory):
    settings = tiny_settings(tmp_path_factory.mktemp("cold"))
    return tiny_home(settings), settings


@pytest.fixture
def cold(cold_home, tmp_path):
    """Sixty embedded articles, nothing labelled."""
    shutil.copytree(cold_home[1].home, tmp_path / "home")
    settings = tiny_settings(tmp_path / "home")
    return open_home(settings), settings


def say(home, key, values):
    """Label some rows."""
    rows = {"article_id": [IDS[row] for row in values], "category": [key] * len(values)}
    Labels(home.db).add(pa.table(rows | {"value": pa.array(values.values(), pa.int8())}), "import:some")


def test_articles_of_the_test_and_labelled_ones_are_never_suggested(cold):
    home, settings = cold
    parts = dict(zip(*(Splits(home.db).all()[name].to_pylist() for name in ("id", "part")), strict=True))
    say(home, "culture", {0: 1, 1: 0, 4: 1})
    suggested = suggest(home, settings, ["culture"], 100)
    chosen = {article.id for article in suggested.suggestions}
    assert chosen == {article for article, part in parts.items() if part != "test"} - {IDS[0], IDS[1], IDS[4]}
    assert suggested.pool == len(chosen) == 42
    assert suggested.bundle is None
    assert suggested.without_head == ("culture",)


def test_labels_of_the_test_part_change_nothing(cold):
    home, settings = cold
    before = suggest(home, settings, [], 20)
    say(home, "culture", {row: row % 2 for row in range(3, 60, 4)})
    assert suggest(home, settings, [], 20) == before


def test_a_label_that_was_only_propagated_is_no_label(cold):
    home, settings = cold
    before = suggest(home, settings, [], 20)
    rows = {"article_id": IDS, "category": ["culture"] * len(IDS), "value": pa.array([1] * len(IDS), pa.int8())}
    Labels(home.db).add(pa.table(rows), "knn")
    assert suggest(home, settings, [], 20) == before


def test_the_description_finds_a_category_that_nobody_has_labelled(cold):
    home, settings = cold
    first = [IDS.index(article.id) for article in suggest(home, settings, ["culture"], 8).suggestions]
    words = [row for row in first if row % 5 == 2 or row % 7 == 2]
    assert len(words) >= 4  # of sixty articles a third are of it


def test_heads_are_asked_where_there_are_some(tiny):
    home, settings = tiny
    settings = tiny_settings(home.path, ["politics", "economy", "culture", "sport"])
    suggested = suggest(home, settings, [], 10)
    assert suggested.bundle
    assert suggested.without_head == ("sport",)
    for article in suggested.suggestions:
        assert article.categories == {"politics": None, "economy": None, "culture": None, "sport": None}
    new = {"article_id": [IDS[0]], "category": ["culture"], "value": pa.array([None], pa.int8())}
    Labels(home.db).add(pa.table(new), "import:tiny")
    (article,) = suggest(home, settings, ["culture"], 10).suggestions
    assert article.id == IDS[0]
    assert 0 <= article.categories["culture"] <= 1


def test_nothing_left_to_label_is_one_line(tiny):
    home, settings = tiny
    with pytest.raises(PipelineError, match=r"all 45 embedded .* labelled for politics, economy, culture; bring more"):
        suggest(home, settings)


def test_the_table_is_filled_in_and_imported(cold, tmp_path):
    home, settings = cold
    file = tmp_path / "next.csv"
    suggested = suggest(home, settings, ["culture"], 5, file)
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    assert [row["id"] for row in rows] == [article.id for article in suggested.suggestions]
    assert list(rows[0]) == ["id", "source", "title", "text", "culture"]
    assert {row["culture"] for row in rows} == {""}
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        table = csv.DictWriter(target, rows[0])
        table.writeheader()
        table.writerows(row | {"culture": "1"} for row in rows)
    rubrika = Rubrika(home.path)
    imported = rubrika.json("labels", "import", file, "--annotator", "editor:анна")
    assert imported["categories"]["culture"]["positive"] == 5
    assert suggest(home, settings, ["culture"], 60).pool == 40


def test_a_table_that_is_there_is_not_overwritten_and_another_suffix_is_refused(cold, tmp_path):
    home, settings = cold
    file = tmp_path / "next.csv"
    file.write_text("mine")
    with pytest.raises(PipelineError, match=r"next\.csv"):
        suggest(home, settings, [], 5, file)
    assert file.read_text() == "mine"
    with pytest.raises(PipelineError, match=r"next.xlsx: the table is a CSV"):
        suggest(home, settings, [], 5, tmp_path / "next.xlsx")


def test_annotation_begins_with_what_is_suggested_and_leaves_nobody_out(cold):
    home, settings = cold
    say(home, "culture", {0: 1})
    order = order_of("suggest", home, settings, ["culture"], 6)
    wanted = [article.id for article in suggest(home, settings, ["culture"], 6).suggestions]
    assert list(make_plan(home, "llm:tiny", ["culture"], order, 6, again=False).articles) == wanted
    everyone = order_of("suggest", home, settings, ["culture"], None)
    assert sorted(make_plan(home, "llm:tiny", ["culture"], everyone, None, again=False).articles) == sorted(IDS)


def test_people_see_why_and_what_to_do_next(trained):
    result = trained("suggest", "--category", "sport", "-n", "3")
    assert result.code == 1
    assert "labelled for sport" in result.err


def test_unknown_categories_and_an_empty_home_are_one_line(trained, empty):
    assert trained("suggest", "--category", "weather").code == 2
    result = empty("suggest")
    assert result.code == 1
    assert result.err.count("\n") == 1


def test_a_person_is_told_which_categories_have_no_head_yet(cold):
    home, _ = cold
    label(home, "economy")
    say(home, "culture", {0: 1, 1: 0, 4: 1})
    result = Rubrika(home.path)("suggest", "-n", "2")
    assert result.code == 0
    assert "without a head: " + ", ".join(KEYS) in result.out
    assert "2 of 45 articles that lack a label; no heads yet" in result.out
