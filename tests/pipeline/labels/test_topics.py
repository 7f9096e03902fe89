"""A column that names categories: its topics are shown with a proposal, and imported once the mapping was typed."""

import shlex

import pytest

from pipeline.labels.topic_cells import topics_of
from tests.pipeline.support.desks import IDS


def write(folder, column, *cells):
    path = folder / "rubrics.csv"
    rows = [f'{article},"{cell}"' for article, cell in zip(IDS, cells, strict=False)]
    path.write_text("\n".join([f"id,{column}", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("cell", "topics"),
    [
        ("politics", ("politics",)),
        ("politics|economy", ("politics", "economy")),
        ("Политика, Экономика", ("Политика", "Экономика")),
        ("Политика; Политика;", ("Политика",)),
        ("['politics', 'economy']", ("politics", "economy")),
        ('["politics", "economy"]', ("politics", "economy")),
        ("[politics, economy]", ("politics", "economy")),
        ("('politics',)", ("politics",)),
        ("{'sport', 'politics'}", ("politics", "sport")),
        ("['politics' 'sport']", ("politics", "sport")),
        ("politics / sport", ("politics", "sport")),
        ("politics sport", ("politics", "sport")),
        ("Мир и война / новости", ("Мир и война / новости",)),
        ("Наука, техника", ("Наука, техника",)),
        ("[]", ()),
        ("", None),
        (" – ", None),
        ("n/a", None),
    ],
)
def test_a_cell_is_one_topic_or_a_list_however_it_is_written(cell, topics):
    assert topics_of(cell, {"Наука, техника", "politics", "sport"}.__contains__) == topics


def test_a_table_of_topics_is_named_with_its_command_and_the_topics_with_theirs(desk, rubrika, tmp_path):
    file = write(tmp_path, "Рубрика", "Политика", "экономика", "Политика", "", "Разное")
    refused = rubrika("labels", "import", file)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    command = refused.err.split("to import it: ")[1]
    shown = rubrika(*shlex.split(command)[1:])
    assert (shown.code, shown.err.count("\n")) == (1, 1)
    assert next(line.split() for line in shown.out.splitlines() if "Политика" in line) == ["Политика", "2", "politics"]
    assert "nothing was imported: 3 topics of column 'Рубрика' without a category" in shown.err
    assert desk.labels() == {}
    steps = [line for line in shown.out.splitlines() if line.startswith("next: rubrika")]
    assert steps == [f"next: {shown.err.strip().split('as proposed: ')[1]}"]
    done = rubrika.json(*shlex.split(steps[0])[2:])
    assert done["categories"] == {
        "politics": {"positive": 2, "negative": 0, "unknown": 3},
        "economy": {"positive": 1, "negative": 0, "unknown": 4},
    }
    assert desk.labels() == {"politics": {0: 1, 2: 1}, "economy": {1: 1}}


def test_the_proposal_is_one_json_object(rubrika, tmp_path):
    file = write(tmp_path, "topic", "Политика", "Разное", "Разное")
    shown = rubrika("labels", "import", file, "--topic-column", "TOPIC", "--topic", "разное=", "--json")
    assert shown.code == 1
    assert shown.json["column"] == "topic"
    assert shown.json["topics"] == [
        {"topic": "Разное", "articles": 2, "category": None, "settled": True},
        {"topic": "Политика", "articles": 1, "category": "politics", "settled": False},
    ]
    assert rubrika(*shlex.split(shown.json["next"][0])[1:]).code == 0


def test_topics_of_which_none_is_named_like_a_category_are_for_a_person_to_name(desk, rubrika, tmp_path):
    shown = rubrika("labels", "import", write(tmp_path, "topic", "Погода", "Сад"), "--topic-column", "topic", "--json")
    (step,) = shown.json["next"]
    assert step.endswith("--topic-column topic --topic 'Погода=CATEGORY' --skip-other-topics")
    rubrika.json(*shlex.split(step.replace("CATEGORY", "culture"))[1:])
    assert desk.labels() == {"culture": {0: 1}}


def test_what_an_article_is_not_called_is_negative_only_if_a_person_says_so(desk, rubrika, tmp_path):
    file = write(tmp_path, "labels", "['politics', 'economy']", "[]", "", "['politics']", "['weather']")
    mapping = ["--topic", "politics=politics", "--topic", "economy=Экономика", "--skip-other-topics"]
    rubrika.json("labels", "import", file, "--topic-column", "labels", *mapping)
    assert desk.labels() == {"politics": {0: 1, 3: 1}, "economy": {0: 1}}
    rubrika.json("labels", "import", file, "--topic-column", "labels", *mapping, "--others-negative")
    assert desk.labels() == {"politics": {0: 1, 1: 0, 3: 1, 4: 0}, "economy": {0: 1, 1: 0, 3: 0, 4: 0}}


def test_a_topic_with_a_comma_is_one_when_a_person_names_it(desk, rubrika, tmp_path):
    file = write(tmp_path, "topic", "Театр, кино", "Театр, кино")
    rubrika.json("labels", "import", file, "--topic-column", "topic", "--topic", "Театр, кино=culture")
    assert desk.labels() == {"culture": {0: 1, 1: 1}}


def test_rows_of_one_article_that_name_different_topics_contradict_each_other_only_where_others_are_negative(
    desk, rubrika, tmp_path
):
    file = tmp_path / "long.csv"
    file.write_text(f"id,topic\n{IDS[0]},politics\n{IDS[0]},economy\n", encoding="utf-8")
    call = ["labels", "import", file, "--topic-column", "topic", "--topic", "politics=politics"]
    call += ["--topic", "economy=economy"]
    refused = rubrika(*call, "--others-negative")
    assert (refused.code, "2 contradictions: line 2 says politics = 1, line 3 says 0" in refused.err) == (1, True)
    rubrika.json(*call)
    assert desk.labels() == {"politics": {0: 1}, "economy": {0: 1}}


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (["--topic", "politics=politics"], 2, "--topic, --skip-other-topics and --others-negative need --topic-column"),
        (["--topic-column", "theme"], 2, "rubrics.csv: no column 'theme'; columns: topic"),
        (["--topic-column", "topic", "--topic", "politics"], 2, "--topic 'politics' has no '='; type for example"),
        (["--topic-column", "topic", "--topic", "politics=x"], 2, "no category 'x'; there are: politics, economy"),
        (["--topic-column", "topic", "--skip-other-topics"], 1, "1 topic of column 'topic' without a category said"),
    ],
)
def test_a_call_that_is_wrong_is_one_line_and_nothing_is_written(desk, rubrika, tmp_path, options, code, why):
    result = rubrika("labels", "import", write(tmp_path, "topic", "politics"), *options)
    assert (result.code, result.err.count("\n")) == (code, 1)
    assert why in result.err
    assert desk.labels() == {}


def test_a_topic_column_beside_columns_of_categories_is_not_lost_without_a_word(desk, rubrika, tmp_path):
    file = tmp_path / "both.csv"
    file.write_text(f"id,culture,topic\n{IDS[0]},1,politics\n", encoding="utf-8")
    done = rubrika.json("labels", "import", file)
    how = f"rubrika labels import {file} --topic-column topic"
    assert done["notes"] == [f"column 'topic' names topics and was left out; to import it: {how}"]
    call = [*shlex.split(how)[1:], "--topic", "politics=politics", "--topic", "sport="]
    notes = rubrika.json(*call)["notes"]
    assert notes == [
        "no row has the topic 'sport'",
        f"columns of categories were left out: culture; to import them: rubrika labels import {file}",
    ]
    assert desk.labels() == {"culture": {0: 1}, "politics": {0: 1}}
