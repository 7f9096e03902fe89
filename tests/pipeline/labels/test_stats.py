import pyarrow as pa
import pytest

from store.splits import Splits
from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import IDS, Desk

ROWS = range(20)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.say("culture", {row: int(row % 4 == 0) for row in ROWS}, "llm:tiny")
    desk.say("culture", {row: int(row % 4 == 0 or row == 1) for row in ROWS if row != 4}, "import:gold.csv")
    desk.say("culture", {0: 0, 8: 1}, "editor:анна")
    desk.say("culture", {8: None}, "editor:анна")
    desk.say("economy", dict.fromkeys(ROWS, 1), "llm:tiny")
    return desk


@pytest.fixture
def rubrika(desk):
    return Rubrika(desk.home.path, desk.file)


def test_everyone_s_labels_are_counted_and_those_that_count_now(rubrika):
    said = rubrika.json("labels", "stats")["categories"]["culture"]["annotators"]
    assert said == {
        "editor:анна": {"positive": 0, "negative": 1, "withdrawn": 1, "counts": 1},
        "import:gold.csv": {"positive": 5, "negative": 14, "withdrawn": 0, "counts": 18},
        "llm:tiny": {"positive": 5, "negative": 15, "withdrawn": 0, "counts": 1},
    }
    assert list(said) == ["editor:анна", "import:gold.csv", "llm:tiny"]


def test_every_two_who_labelled_the_same_articles_are_compared(rubrika):
    pairs = rubrika.json("labels", "stats")["categories"]["culture"]["pairs"]
    assert [(one["first"], one["second"]) for one in pairs] == [
        ("editor:анна", "import:gold.csv"),
        ("editor:анна", "llm:tiny"),
        ("import:gold.csv", "llm:tiny"),
    ]
    said = pairs[2]["agreement"]
    counts = {name: said[name] for name in ("shared", "both_yes", "only_first", "only_second", "both_no")}
    assert counts == {"shared": 19, "both_yes": 4, "only_first": 1, "only_second": 0, "both_no": 14}
    assert said["share"]["value"] == pytest.approx(18 / 19)
    assert said["kappa"]["low"] < said["kappa"]["value"] < said["kappa"]["high"]
    (differing,) = pairs[2]["differences"]
    assert differing == {"id": IDS[1], "title": "Заметка 1", "first": 1, "second": 0}


def test_one_category_alone_gives_the_same_figures(rubrika):
    whole = rubrika.json("labels", "stats")["categories"]["culture"]
    assert rubrika.json("labels", "stats", "--category", "culture")["categories"] == {"culture": whole}


def test_what_cannot_be_compared_is_null_with_a_reason(rubrika):
    said = rubrika.json("labels", "stats")["categories"]
    alone = said["culture"]["pairs"][0]
    assert alone["agreement"]["kappa"] == {"value": 0.0, "low": None, "high": None}
    assert alone["constant"] == "the first says only no and the second says only yes"
    assert said["economy"]["note"] == "one annotator, llm:tiny: nobody to compare with"
    assert said["politics"]["note"] == "no labels"


def test_annotators_who_never_met_are_said_to(desk, rubrika):
    desk.say("economy", {30: 1}, "editor:анна")
    said = rubrika.json("labels", "stats", "--category", "economy")["categories"]
    assert list(said) == ["economy"]
    assert said["economy"]["note"] == "2 annotators, but no article that two of them labelled"


def test_reprints_of_one_story_are_one_in_the_intervals(desk, rubrika):
    desk.say("economy", dict.fromkeys(ROWS, 1), "editor:анна")

    def low():
        (pair,) = rubrika.json("labels", "stats", "--category", "economy")["categories"]["economy"]["pairs"]
        return pair["agreement"]["share"]["low"]

    assert low() == pytest.approx(0.025 ** (1 / 20))
    stories = {"id": IDS[:20], "cluster": [IDS[row % 4] for row in ROWS], "part": ["train"] * 20}
    Splits(desk.home.db).put(pa.table(stories))
    assert low() == pytest.approx(0.025 ** (1 / 4))


def test_a_person_reads_tables_and_the_articles_on_which_two_differ(rubrika):
    said = rubrika("labels", "stats").out
    assert "1st import:gold.csv, 2nd llm:tiny:\n" in said
    assert "politics: no labels\neconomy: one annotator, llm:tiny: nobody to compare with\n" in said
    assert "to see articles on which they differ: rubrika labels stats --differences 20\n" in said
    listed = rubrika("labels", "stats", "--differences", "3").out
    assert f"culture: 1st yes, 2nd no: {IDS[1][:12]} Заметка 1\n" in listed


def test_no_labels_at_all_is_one_line(tmp_path):
    desk = Desk(tmp_path)
    said = Rubrika(desk.home.path, desk.file)("labels", "stats")
    assert said.out == "no labels; bring some with: rubrika labels import FILE, or: rubrika annotate\n"
    unknown = Rubrika(desk.home.path, desk.file)("labels", "stats", "--category", "weather")
    assert (unknown.code, unknown.err.count("\n")) == (2, 1)
    assert "no category 'weather'; there are: politics, economy, culture" in unknown.err
