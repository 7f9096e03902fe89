import pytest

from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import Desk
from tests.pipeline.support.homes import label, truth_of

YES = int(truth_of("culture").sum())


@pytest.fixture
def rubrika(tmp_path):
    desk = Desk(tmp_path)
    label(desk.home, "politics", "economy", "culture")
    desk.train()
    return Rubrika(desk.home.path, desk.file)


def test_every_command_says_in_json_what_it_did(rubrika):
    listed = rubrika.json("category", "list")["categories"]
    assert list(listed) == ["politics", "economy", "culture"]
    assert listed["culture"] == {
        "title": "Культура",
        "description": "",
        "positives": YES,
        "negatives": 60 - YES,
        "unknown": 0,
        "head": "trained",
    }
    renamed = rubrika.json("category", "rename", "culture", "arts", "--title", "Искусства")
    assert renamed == {"key": "arts", "before": "culture", "title": "Искусства", "labels": 60}
    added = rubrika.json("category", "add", "cinema", "--title", "Кино")
    assert {name: added[name] for name in ("key", "positives", "negatives")} == {
        "key": "cinema",
        "positives": 0,
        "negatives": 0,
    }
    split = rubrika.json("category", "split", "arts", "cinema")
    assert (split["articles"], split["to_decide"], split["suggested_no"]) == (60, YES, 60 - YES)
    merged = rubrika.json("category", "merge", "politics", "arts", "cinema")
    assert merged["articles"] == merged["suggested_yes"] + merged["suggested_no"] == 60
    assert len(rubrika.json("sql", "SELECT DISTINCT article_id FROM candidates WHERE category = 'cinema'")) == 60
    removed = rubrika.json("category", "remove", "cinema")
    assert removed == {"key": "cinema", "labels": 0, "again": "rubrika category add cinema --title 'Кино'"}


def test_a_person_reads_what_happened_and_what_to_type_next(rubrika):
    out = rubrika("category", "add", "sport", "--title", "Спорт").out
    assert "sport («Спорт») is a category; it has 0 labels\n" in out
    assert "annotating asks only about it, and only the articles worth asking" in out
    assert "next: rubrika annotate --category sport\nnext: rubrika labels import FILE --category sport\n" in out
    out = rubrika("category", "remove", "culture").out
    assert "culture is no longer a category; its 60 labels and its head are kept\n" in out
    assert "to have it back, at no cost: rubrika category add culture --title 'Культура'\n" in out
    out = rubrika("category", "add", "culture", "--title", "Культура").out
    assert f"culture («Культура») is a category again: {YES} positive and {60 - YES} negative labels of before" in out
    out = rubrika("category", "rename", "culture", "arts").out
    assert "arts (before: culture) is called «Культура»; its 60 opinions, head and history are with it\n" in out
    out = rubrika("category", "split", "arts", "sport").out
    assert (
        f"60 articles to review: {YES} to decide, 0 suggested yes, {60 - YES} suggested no; no label was written" in out
    )
    assert "politics" in rubrika("category", "list").out


def test_what_cannot_be_done_is_one_line_and_exit_code_2(rubrika):
    for call, line in {
        ("add", "politics", "--title", "x"): "rubrika: category 'politics' exists already («Политика»)",
        ("add", "Спорт", "--title", "x"): "rubrika: 'Спорт' cannot be a category key; use small Latin letters",
        ("remove", "sport"): "rubrika: no category 'sport'; there are: politics, economy, culture",
        ("rename", "politics", "economy"): "rubrika: category 'economy' exists already",
        ("split", "culture", "sport"): "rubrika: no category 'sport'",
        ("add", "sport"): "rubrika: Missing option '--title'; see: rubrika category add --help",
    }.items():
        result = rubrika("category", *call)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(line)
        assert result.err.count("\n") == 1
