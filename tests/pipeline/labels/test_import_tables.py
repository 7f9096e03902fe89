"""Tables as newsrooms have them: each kind of label column with the labels that it must give, and advice that works."""

import re
import shlex

import pytest

from tests.pipeline.support.desks import IDS

YES_NO = {"culture": {0: 1, 1: 0}, "economy": {0: 0, 1: 1}}
YES_BLANK = {"culture": {0: 1}, "economy": {1: 1}}


def write(folder, cells, header="id,culture,economy", name="мои метки.csv"):
    """A table in which two articles have the cells ``"a b"``, and the other way round."""
    yes, no = cells
    delimiter = ";" if ";" in header else ","
    rows = [header, delimiter.join([IDS[0], yes, no]), delimiter.join([IDS[1], no, yes])]
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def typed(result):
    """The command that an error or a note advises, as a shell would split it, without what stands in brackets."""
    advice = re.search(r"rubrika labels import .*?(?= \(|;|\n|$)", result)
    return shlex.split(advice.group())[1:]


@pytest.mark.parametrize(
    ("cells", "labels"),
    [
        (("да", "нет"), YES_NO),
        (("Yes", "No"), YES_NO),
        (("+", "-"), YES_NO),
        (("+", "−"), YES_NO),
        (("ИСТИНА", "ЛОЖЬ"), YES_NO),
        (("1.0", "0.0"), YES_NO),
        (('"1,0"', '"0,0"'), YES_NO),
        (("x", ""), YES_BLANK),
        (("Х", ""), YES_BLANK),
        (("+", ""), YES_BLANK),
        (("1", "N/A"), YES_BLANK),
        (("1", "–"), YES_BLANK),
        (("1", "—"), YES_BLANK),
        (("1", "-"), YES_BLANK),
        (("да", "?"), YES_BLANK),
    ],
)
def test_labels_are_read_however_they_are_written(desk, rubrika, tmp_path, cells, labels):
    rubrika.json("labels", "import", write(tmp_path, cells))
    assert desk.labels() == labels


@pytest.mark.parametrize("header", ["id,Culture,ECONOMY", "id,Культура,«Экономика»", "ид;культура;экономика"])
def test_columns_are_called_by_key_or_title_in_any_case(desk, rubrika, tmp_path, header):
    cells = ("1,0", "0,0") if ";" in header else ("1", "0")
    assert set(rubrika.json("labels", "import", write(tmp_path, cells, header))["categories"]) == {"culture", "economy"}
    assert desk.labels() == YES_NO


def test_how_a_dash_was_read_is_said_and_the_other_reading_is_one_command_away(desk, rubrika, tmp_path):
    done = rubrika("labels", "import", write(tmp_path, ("1", "-")), "--annotator", "editor:анна")
    assert "'-' was read as unknown in culture, economy; if it is a no: rubrika labels import" in done.out
    assert desk.labels() == YES_BLANK
    again = rubrika(*typed(done.out))
    assert again.code == 0, again.err
    assert "was read as" not in again.out
    assert desk.labels() == YES_NO


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("+", "–"), "column 'culture': '–' stands beside '+' and may be a minus, no, or a blank, unknown"),
        (("1", "возможно"), "2: economy = 'возможно' is not 1, 0 or blank; nothing was imported; 1 more cells like it"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_the_command_that_settles_it(desk, rubrika, tmp_path, cells, why):
    refused = rubrika("labels", "import", write(tmp_path, cells))
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert why in refused.err
    assert desk.labels() == {}
    again = rubrika(*typed(refused.err[refused.err.index("nothing was imported") :]))
    assert again.code == 0, again.err
    assert desk.labels() == (YES_NO if "–" in cells else YES_BLANK)


@pytest.mark.parametrize(
    ("option", "why"),
    [("-", "--value '-' has no '='; type for example"), ("-=может", "--value -=может: 'может' is not 1, 0 or ?; type")],
)
def test_a_value_that_is_none_is_one_line(rubrika, tmp_path, option, why):
    result = rubrika("labels", "import", write(tmp_path, ("1", "-")), "--value", option)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert why in result.err


def test_rows_that_contradict_each_other_are_named_and_nothing_is_imported(desk, rubrika, tmp_path):
    rows = ["id,culture,economy", f"{IDS[0]},1,0", f"{IDS[1]},1,", f"{IDS[0].upper()},0,0", f"{IDS[1]},нет,1"]
    file = tmp_path / "t.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    refused = rubrika("labels", "import", file)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert f"2 contradictions: line 2 says culture = 1, line 4 says 0 of article {IDS[0][:12]}; line 3" in refused.err
    assert desk.labels() == {}
    done = rubrika.json(*typed(refused.err))
    assert (done["conflicts"], done["added"]) == (2, 2)
    assert done["categories"]["culture"] == {"positive": 0, "negative": 0, "unknown": 2}
    assert desk.labels() == {"economy": {0: 0, 1: 1}}
    assert rubrika("labels", "import", file, "--on-conflict", "last").code == 0
    assert desk.labels() == {"economy": {0: 0, 1: 1}, "culture": {0: 0, 1: 0}}


def test_many_contradictions_are_counted(rubrika, tmp_path):
    rows = [f"{article},{value}" for value in (1, 0) for article in IDS[:9]]
    (tmp_path / "t.csv").write_text("id,culture\n" + "\n".join(rows), encoding="utf-8")
    refused = rubrika("labels", "import", tmp_path / "t.csv").err
    assert "9 contradictions: line 2 says" in refused
    assert "; and 4 more; nothing was imported" in refused
    assert refused.count("of article") == 5


def test_a_column_of_labels_that_is_no_category_is_refused_with_the_command_that_adds_it(desk, rubrika, tmp_path):
    refused = rubrika("labels", "import", write(tmp_path, ("да", "нет"), "id,culture,Crime"))
    assert "rubrika category add crime --title TITLE, or choose columns with --category" in refused.err
    assert rubrika("category", "add", "crime", "--title", "TITLE").code == 0
    assert rubrika("labels", "import", write(tmp_path, ("да", "нет"), "id,culture,Crime")).code == 0
    unnamed = rubrika("labels", "import", write(tmp_path, ("да", "нет"), "id,culture,Криминал"))
    assert "rubrika category add KEY --title 'Криминал'" in unnamed.err
