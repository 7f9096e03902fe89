import pytest

from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import IDS, Desk


@pytest.fixture
def rubrika(tmp_path):
    desk = Desk(tmp_path)
    desk.say("culture", {0: 1}, "llm:tiny")
    desk.say("culture", {0: 0}, "editor:анна")
    desk.say("culture", {0: 1}, "editor:анна")
    desk.say("economy", {0: 1}, "editor:анна")
    desk.say("economy", {0: None}, "editor:анна")
    return Rubrika(desk.home.path, desk.file)


def test_everything_that_was_said_of_an_article_and_what_counts(rubrika):
    said = rubrika.json("labels", "show", IDS[0][:10])
    assert (said["id"], said["title"], said["labels"]) == (IDS[0], "Заметка 0", {"culture": 1})
    rows = [
        (one["category"], one["annotator"], one["value"], one["withdrawn"], one["counts"]) for one in said["opinions"]
    ]
    assert rows == [
        ("economy", "editor:анна", 1, False, False),
        ("economy", "editor:анна", None, True, False),
        ("culture", "llm:tiny", 1, False, False),
        ("culture", "editor:анна", 0, False, False),
        ("culture", "editor:анна", 1, False, True),
    ]


def test_a_person_reads_a_table(rubrika):
    said = rubrika("labels", "show", IDS[0]).out
    assert f"{IDS[0]}  Заметка 0  (тест, no date)\n" in said
    assert "withdrawn" in said
    assert said.count("counts") == 1
    assert "nobody has labelled it\n" in rubrika("labels", "show", IDS[1]).out


@pytest.mark.parametrize(("name", "said"), [("zz", "no article in"), ("", "60 articles begin with ''")])
def test_an_id_that_is_none_or_many_is_refused(rubrika, name, said):
    result = rubrika("labels", "show", name)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert said in result.err
