"""Tables that people filled in: by id or by text, from any spreadsheet, with questions left open."""

import re

import pytest

from tests.pipeline.support.desks import IDS
from tests.pipeline.support.homes import tiny_texts

TEXT = tiny_texts()[0]


def table(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "filled.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_a_question_that_nobody_answered_is_unknown(desk, rubrika, tmp_path):
    done = rubrika.json("labels", "import", table(tmp_path, f"id,culture,economy\n{IDS[0]},?,1\n{IDS[1]},0, ? \n"))
    assert done["categories"]["culture"] == {"positive": 0, "negative": 1, "unknown": 1}
    assert desk.labels() == {"economy": {0: 1}, "culture": {1: 0}}


def test_a_row_with_text_and_id_is_the_stored_article_of_that_id_though_a_spreadsheet_cut_its_text(
    desk, rubrika, tmp_path
):
    rows = f"id,source,title,text,culture\n{IDS[0]},т,'Заметка,Обрезан…,1\n17,т,Заметка 0,{TEXT},1\n"
    done = rubrika.json("labels", "import", table(tmp_path, rows))
    assert (done["unmatched"], done["added"]) == (0, 1)
    assert done["categories"]["culture"] == {"positive": 1, "negative": 0, "unknown": 0}
    assert desk.labels() == {"culture": {0: 1}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_semicolons_and_capitals_of_a_spreadsheet_are_understood(desk, rubrika, tmp_path, encoding):
    rubrika.json("labels", "import", table(tmp_path, f"ID;Title;culture\n{IDS[0]};Заметка;1\n", encoding))
    assert desk.labels() == {"culture": {0: 1}}


def test_another_encoding_is_found_and_said_with_the_command_that_names_it(desk, rubrika, tmp_path):
    file = table(tmp_path, f"id,title,culture\n{IDS[0]},Заметка о театре,1\n", "cp1251")
    done = rubrika("labels", "import", file, "--annotator", "editor:anna")
    again = f"rubrika labels import {file} --encoding NAME --annotator editor:anna"
    assert f"{file}: read as cp1251; if that is wrong: {again}\n" in done.out
    assert desk.labels() == {"culture": {0: 1}}
    assert "read as" not in rubrika("labels", "import", file, "--encoding", "cp1251").out


def test_letters_that_do_not_tell_the_encoding_are_one_line_and_the_option_settles_it(desk, rubrika, tmp_path):
    file = table(tmp_path, f"id,title,text,culture\n{IDS[0]},Ъ,Жзц,1\n", "cp1251")
    refused = rubrika("labels", "import", file)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "filled.csv: not UTF-8, and its letters do not tell which of cp1251" in refused.err
    assert "name it: add for example --encoding cp1251 to the command" in refused.err
    assert "ingest" not in refused.err
    rubrika.json("labels", "import", file, "--encoding", "cp1251")
    assert desk.labels() == {"culture": {0: 1}}


def test_rows_with_too_few_letters_to_tell_the_encoding_are_counted_and_the_command_settles_it(desk, rubrika, tmp_path):
    file = table(tmp_path, f"id,culture\n{IDS[0]},да\n{IDS[1]},0\n", "cp1251")
    done = rubrika("labels", "import", file)
    assert (
        f"rows of another encoding: 1; if all of the file is: rubrika labels import {file} --encoding NAME" in done.out
    )
    alone = rubrika("labels", "import", table(tmp_path, f"id,culture\n{IDS[0]},да\n", "cp1251"))
    how = f"name its encoding: rubrika labels import {file} --encoding cp1251\n"
    assert alone.err.endswith(f"filled.csv:2: undecodable bytes, as in all 1 rows; {how}")
    rubrika.json("labels", "import", file, "--encoding", "cp1251")
    assert desk.labels() == {"culture": {0: 1, 1: 0}}


def test_a_table_without_texts_and_ids_is_refused_and_the_option_names_the_texts(desk, rubrika, tmp_path):
    file = table(tmp_path, f"title,Сюжет,culture\nЗаметка 0,{TEXT},1\n")
    refused = rubrika("labels", "import", file)
    assert refused.err.endswith("columns are title, Сюжет, culture; name it: add --column text=NAME to the command\n")
    rubrika.json("labels", "import", file, "--column", "text=Сюжет")
    assert desk.labels() == {"culture": {0: 1}}


def test_rows_that_are_no_articles_are_counted(rubrika, tmp_path):
    done = rubrika("labels", "import", table(tmp_path, f"title,text,culture\nЗаметка 0,{TEXT},1\nПусто,,1\n"))
    assert "1 new labels of import:filled.csv; 1 rows name no article and gave none\n" in done.out


def test_an_id_that_no_article_can_have_gives_no_label_that_would_wait_for_ever(desk, rubrika, tmp_path):
    rows = f"id,culture\n{IDS[0]},1\nabc,1\n{IDS[1].upper()},1\n,1\n{IDS[2]},1,0\n"
    done = rubrika.json("labels", "import", table(tmp_path, rows))
    assert (done["added"], done["unmatched"], done["unreadable"]) == (2, 0, 3)
    assert desk.labels() == {"culture": {0: 1, 1: 1}}
    alone = rubrika("labels", "import", table(tmp_path, "id,culture\nabc,1\n"))
    assert (alone.code, alone.err.count("\n")) == (1, 1)
    assert (
        "filled.csv:2: id 'abc' is no article's, which has 32 digits 0-9 and a-f, as in all 1 rows; save" in alone.err
    )


def test_an_editor_s_table_counts_as_the_editor_s_whatever_is_imported_later(desk, rubrika, tmp_path):
    file = table(tmp_path, f"id,culture\n{IDS[0]},0\n")
    assert rubrika.json("labels", "import", file, "--annotator", "editor:Анна Ким")["annotator"] == "editor:Анна Ким"
    table(tmp_path, f"id,culture\n{IDS[0]},1\n")
    assert rubrika.json("labels", "import", file)["annotator"] == "import:filled.csv"
    rubrika.json("labels", "import", file, "--annotator", "import:other")
    assert desk.labels() == {"culture": {0: 0}}


@pytest.mark.parametrize("name", ["anna", "editor:", "editor: ", "llm:", "knn", "editor:a\nb", " editor:a", ""])
def test_nobody_else_s_opinions_can_be_imported(desk, rubrika, tmp_path, name):
    result = rubrika("labels", "import", table(tmp_path, f"id,culture\n{IDS[0]},1\n"), "--annotator", name)
    assert (result.code, result.err.count("\n")) == (2, 1)
    said = f"annotator {name!r} cannot be imported as; a table counts as editor:NAME, import:FILE or llm:MODEL"
    assert re.search(re.escape(said), result.err)
    assert desk.labels() == {}


def test_a_model_s_labels_may_come_from_elsewhere(desk, rubrika, tmp_path):
    file = table(tmp_path, f"id,culture\n{IDS[0]},1\n")
    assert rubrika.json("labels", "import", file, "--annotator", "llm:tiny")["annotator"] == "llm:tiny"
    assert desk.labels() == {"culture": {0: 1}}


@pytest.mark.parametrize("header", ["ID", "ид", "Id ", "\ufeffid", "article_id"])
def test_the_id_column_has_many_names_and_ids_any_case(desk, rubrika, tmp_path, header):
    done = rubrika.json("labels", "import", table(tmp_path, f"{header},culture\n{IDS[3].upper()},0\n"))
    assert (done["unmatched"], done["unreadable"]) == (0, 0)
    assert desk.labels() == {"culture": {3: 0}}


def test_a_sheet_without_texts_comes_back_from_excel_in_russian(desk, rubrika, tmp_path):
    rows = [
        "id;title;from;culture;Экономика",
        f'{IDS[0]};"Заметка «ноль»; и ""кавычки""";politics;1;0,0',
        f"{IDS[1]};'-- Заметка;politics;;1,0",
        ";;;;",
    ]
    file = table(tmp_path, "\r\n".join(rows) + "\r\n", "cp1251")
    done = rubrika.json("labels", "import", file, "--annotator", "editor:анна")
    assert (done["unmatched"], done["unreadable"], done["added"]) == (0, 0, 3)
    assert desk.labels() == {"culture": {0: 1}, "economy": {0: 0, 1: 1}}


def test_a_sheet_with_texts_comes_back_from_excel_with_semicolons_and_its_long_text_cut(desk, rubrika, tmp_path):
    rows = [
        "id;source;title;text;comment;culture;economy",
        f'{IDS[0]};т;"\'=Заметка; ""0""";"Длинный\nтекст обрезан";"Вместо «?» поставьте 1";1;?',
        f"{IDS[1]};т;Заметка;Другой;;нет;да",
    ]
    done = rubrika.json("labels", "import", table(tmp_path, "\r\n".join(rows) + "\r\n", "utf-8-sig"))
    assert (done["unmatched"], done["unreadable"]) == (0, 0)
    assert desk.labels() == {"culture": {0: 1, 1: 0}, "economy": {1: 1}}


def test_two_columns_of_one_name_lose_no_label_without_a_word(rubrika, tmp_path):
    same = rubrika("labels", "import", table(tmp_path, f"id,culture,culture\n{IDS[0]},1,0\n"))
    assert "filled.csv: two columns are called 'culture'; rename or remove one" in same.err
    both = rubrika("labels", "import", table(tmp_path, f"id,culture,Культура\n{IDS[0]},1,0\n"))
    assert "columns 'culture' and 'Культура' are both category 'culture'; rename or remove one" in both.err
    assert (same.code, both.code) == (1, 2)


def test_a_row_of_another_length_gives_no_label_of_the_wrong_column(rubrika, tmp_path):
    alone = rubrika("labels", "import", table(tmp_path, f"id,culture,economy\n{IDS[0]},1,0,0,0\n"))
    assert "filled.csv:2: wrong number of fields, as in all 1 rows" in alone.err


def test_blank_cells_beside_the_table_do_no_harm(desk, rubrika, tmp_path):
    done = rubrika.json("labels", "import", table(tmp_path, f"id,culture\n{IDS[0]},1,,\n,,,\n{IDS[1]},0\n"))
    assert (done["added"], done["unreadable"]) == (2, 0)
    assert desk.labels() == {"culture": {0: 1, 1: 0}}
