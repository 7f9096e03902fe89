"""Labels that come with a crawl: read like those of a table, and what a crawl cannot give is named with its command."""

import shlex

import pytest

from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import Desk

HEADER = "title,text,source"


@pytest.fixture
def rubrika(tmp_path):
    desk = Desk(tmp_path)
    return Rubrika(tmp_path / "fresh", desk.file)


def crawl(folder, columns, *rows):
    path = folder / "crawl.csv"
    lines = [f"Новость {place},Текст {place},x.example,{cells}" for place, cells in rows]
    path.write_text("\n".join([f"{HEADER},{columns}", *lines]) + "\n", encoding="utf-8")
    return path


def labels(rubrika):
    """Category → title → label."""
    found = {}
    for row in rubrika.json("sql", "SELECT category, title, value FROM labels JOIN articles ON id = article_id"):
        found.setdefault(row["category"], {})[row["title"]] = row["value"]
    return found


@pytest.mark.parametrize(
    ("yes", "no"), [("да", "нет"), ("Yes", "no"), ("+", "-"), ("ИСТИНА", "ЛОЖЬ"), ('"1,0"', '"0,0"')]
)
def test_a_crawl_s_columns_are_read_like_a_table_s(rubrika, tmp_path, yes, no):
    file = crawl(tmp_path, "Политика,CULTURE", (1, f"{yes},{no}"), (2, f"{no},"), (3, "?,n/a"))
    done = rubrika.json("ingest", file)
    assert (done["stored"], done["labels"], done["bad_labels"], done["next"]) == (3, 3, [], [])
    assert labels(rubrika) == {"politics": {"Новость 1": 1, "Новость 2": 0}, "culture": {"Новость 1": 0}}


def test_a_topic_column_is_named_with_a_command_that_works(rubrika, tmp_path):
    rows = [(1, "да,Политика,\"['politics']\""), (2, "нет,Культура,culture|economy")]
    done = rubrika("ingest", crawl(tmp_path, "politics,topic,labels", *rows))
    steps = [line.removeprefix("next: ") for line in done.out.splitlines() if line.startswith("next: ")]
    assert [shlex.split(step)[-1] for step in steps] == ["topic", "labels"]
    assert labels(rubrika) == {"politics": {"Новость 1": 1, "Новость 2": 0}}
    shown = rubrika(*shlex.split(steps[1])[1:], "--json").json
    assert [(topic["topic"], topic["category"]) for topic in shown["topics"]] == [
        (key, key) for key in ("culture", "economy", "politics")
    ]
    rubrika.json(*shlex.split(shown["next"][0])[1:])
    assert labels(rubrika)["economy"] == {"Новость 2": 1}


def test_what_may_be_two_things_gives_no_label_and_is_named_once_with_its_command(rubrika, tmp_path):
    file = crawl(tmp_path, "politics", (1, "+"), (2, "–"), (3, "–"))
    done = rubrika.json("ingest", file)
    (problem,) = done["bad_labels"]
    assert done["label_notes"] == []
    assert problem.startswith("crawl.csv: column 'politics': '–' stands beside '+' and may be a minus, no, or a blank")
    assert labels(rubrika) == {"politics": {"Новость 1": 1}}
    rubrika.json(*shlex.split(problem.split("say which: ")[1])[1:])
    assert labels(rubrika) == {"politics": {"Новость 1": 1, "Новость 2": 0, "Новость 3": 0}}


def test_a_dash_that_is_read_as_unknown_is_said_with_the_command_for_the_other_reading(rubrika, tmp_path):
    done = rubrika.json("ingest", crawl(tmp_path, "politics", (1, "1"), (2, "-")))
    (note,) = done["label_notes"]
    assert note.startswith("crawl.csv: '-' was read as unknown in politics; if it is a no: rubrika labels import ")
    rubrika.json(*shlex.split(note.split("if it is a no: ")[1])[1:])
    assert labels(rubrika) == {"politics": {"Новость 1": 1, "Новость 2": 0}}


def test_the_first_of_two_rows_that_contradict_each_other_stands_and_the_other_is_named(rubrika, tmp_path):
    done = rubrika.json("ingest", crawl(tmp_path, "politics", (1, "1"), (2, "0"), (1, "0"), (2, "может")))
    assert (done["read"], done["stored"], done["duplicates"]) == (4, 2, 2)
    first, second = done["bad_labels"]
    assert first.startswith("crawl.csv: line 2 says politics = 1, line 4 says 0 of article")
    assert second == "crawl.csv:5: politics = 'может' is not 1, 0 or blank"
    assert labels(rubrika) == {"politics": {"Новость 1": 1, "Новость 2": 0}}


def test_two_columns_of_one_category_give_no_label_and_are_named(rubrika, tmp_path):
    done = rubrika.json("ingest", crawl(tmp_path, "politics,Политика", (1, "1,0"), (2, "1,1")))
    assert done["bad_labels"] == ["crawl.csv:2: columns 'politics' and 'Политика' are both category 'politics'"]
    assert done["labels"] == 0
