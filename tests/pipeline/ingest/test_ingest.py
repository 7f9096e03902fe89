import os
import signal
import subprocess
import sys
import time

import pytest

from tests.pipeline.support.command import CONFIG, ROOT, SAMPLE

ARTICLES = "SELECT id, source, sources, title, text, published_at, published_raw FROM articles ORDER BY id"


def articles(rubrika):
    return rubrika.json("sql", ARTICLES)


def test_every_row_of_the_sample_is_accounted_for(empty):
    first = empty.json("ingest", SAMPLE / "crawl.tsv")
    assert first["read"] == first["stored"] + first["duplicates"] + first["quarantined"] == 536
    assert (first["stored"], first["duplicates"], first["quarantined"]) == (516, 8, 12)
    again = empty.json("ingest", SAMPLE / "crawl.tsv")
    assert (again["read"], again["stored"], again["duplicates"], again["quarantined"]) == (536, 0, 524, 12)
    assert empty.json("sql", "SELECT count(*) n FROM quarantine") == [{"n": 12}]


def test_quarantine_keeps_the_row_as_it_was_with_file_line_and_reason(empty):
    empty.json("ingest", SAMPLE / "crawl.tsv")
    rows = empty.json("sql", "SELECT file, line, reason, octet_length(raw) bytes FROM quarantine")
    assert {row["reason"] for row in rows} == {"undecodable bytes", "no text", "no source"}
    crawl = (SAMPLE / "crawl.tsv").read_bytes().split(b"\n")
    assert all(row["file"] == "crawl.tsv" and row["bytes"] >= len(crawl[row["line"] - 1]) for row in rows)


def test_the_same_text_under_two_sources_is_one_article_that_remembers_both(empty, tmp_path):
    crawl = tmp_path / "a.jsonl"
    crawl.write_text(
        '{"source": "a.example", "title": "Мост", "text": "Мост открыли.", "date": "2024-05-17"}\n'
        '{"source": "b.example", "title": "Мост", "text": "Мост  открыли.", "date": "2024-05-18"}\n'
    )
    assert empty.json("ingest", crawl)["duplicates"] == 1
    (article,) = articles(empty)
    assert article["sources"] == ["a.example", "b.example"]
    assert article["published_at"] == "2024-05-16T21:00:00+00:00"


def test_label_columns_of_the_same_file_are_labels_and_blank_is_unknown(empty, tmp_path):
    crawl = tmp_path / "a.csv"
    crawl.write_text(
        "source,title,text,date,sport,culture,generation\n"
        "a,Матч,Хоккеисты победили.,2024-05-17,1,,sport\n"
        "a,Спектакль,Театр открыл сезон.,2024-05-18,0,1,culture\n"
        "a,Ошибка,В этой строке метка непонятна.,2024-05-18,может быть,0,\n"
    )
    done = empty.json("ingest", crawl)
    assert (done["labels"], done["bad_labels"]) == (4, ["a.csv:4: sport = 'может быть' is not 1, 0 or blank"])
    labels = empty.json("sql", "SELECT category, value, annotator FROM labels ORDER BY category, value")
    assert [(row["category"], row["value"]) for row in labels] == [
        ("culture", 0),
        ("culture", 1),
        ("sport", 0),
        ("sport", 1),
    ]
    assert {row["annotator"] for row in labels} == {"import:a.csv"}


@pytest.mark.parametrize("pause", [0.9, 1.3, 1.8])
def test_a_killed_ingest_run_again_ends_with_the_same_content(empty, tmp_path, pause):
    lines = [f'{{"source": "s{row % 5}", "text": "Новость номер {row} {"слово " * 150}"}}\n' for row in range(40_000)]
    crawl = tmp_path / "big.jsonl"
    crawl.write_text("".join(lines))
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "--home", empty.home, "--config", CONFIG]
    process = subprocess.Popen(
        [*command, "ingest", crawl], cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    time.sleep(pause)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    done = empty.json("ingest", crawl)
    assert done["read"] == done["stored"] + done["duplicates"] == 40_000
    counts = "SELECT count(*) articles, count(DISTINCT id) ids, count(DISTINCT text) texts FROM articles"
    assert empty.json("sql", counts) == [{"articles": 40_000, "ids": 40_000, "texts": 40_000}]


def test_a_file_without_a_single_article_is_said_and_fails_and_its_rows_are_kept(empty, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"source": "", "text": "Без источника."}\n{broken\n')
    result = empty("ingest", tmp_path / "a.jsonl")
    assert (result.code, result.err) == (
        1,
        "rubrika: none of 2 rows is an article (no source, broken JSON); see the quarantine\n",
    )
    assert empty.json("sql", "SELECT count(*) n FROM quarantine") == [{"n": 2}]


def test_what_was_found_and_what_was_left_out_is_said(empty, tmp_path):
    crawl = tmp_path / "a.csv"
    crawl.write_bytes(
        "Заголовок;Текст;Анонс;Ссылка;Дата;Рубрика;sport\n"
        "Мост;Мост открыли в полдень.;Коротко;https://www.ved.example/1;позавчера;Город;0\n"
        "Матч;Хоккеисты победили гостей.;Коротко;https://sport.example/2;;Спорт;1\n"
        "Обрывок;без конца\n".encode("cp1251")
    )
    done = empty.json("ingest", crawl)
    assert (done["read"], done["stored"], done["quarantined"]) == (3, 2, 1)
    assert (done["undated"], done["unread_dates"], done["encodings"]) == (1, 1, {"a.csv": "cp1251"})
    assert done["unused_columns"] == {
        "a.csv": {
            "Анонс": "text, but Текст goes before it; to use it: --column text=Анонс",
            "Рубрика": "a label column? rubrika labels import",
        }
    }
    assert {article["source"] for article in articles(empty)} == {"ved.example", "sport.example"}
    (row,) = empty.json("sql", "SELECT preview, octet_length(raw) bytes FROM quarantine")
    assert row == {"preview": "Обрывок;без конца\n", "bytes": 18}
    lines = empty("ingest", crawl).out.splitlines()
    assert "a.csv: read as cp1251; if that is wrong: rubrika ingest a.csv --encoding NAME" in lines
    undated = "without a date: 1; with a date that could not be read: 1; see: rubrika sql"
    assert any(line.startswith(undated) for line in lines)
    assert any(line.startswith("a.csv: unused columns: Анонс (text, but Текст goes before it") for line in lines)


def test_rows_of_another_encoding_name_the_option(empty, tmp_path):
    crawl = tmp_path / "a.csv"
    crawl.write_bytes("title,text,source\nMost,Café ouvert.,a.example\n".encode("latin-1"))
    refused = empty("ingest", crawl)
    assert (refused.code, empty.json("ingest", crawl, "--encoding", "latin-1")["stored"]) == (1, 1)
    assert "rows of another encoding: 1; if all of a file is: rubrika ingest FILE --encoding NAME" in refused.out


def test_text_that_was_decoded_wrongly_before_is_counted(empty, tmp_path):
    crawl = tmp_path / "a.csv"
    text = "Мэр открыл новый мост через Сухую речку."
    broken = text.encode("cp1251").decode("latin-1")
    crawl.write_text(f"title,text,source\nМост,{text},a.example\nМост,{broken},a.example\n", encoding="utf-8")
    done = empty.json("ingest", crawl)
    assert (done["mojibake"], done["mojibake_example"]) == (1, "a.csv:3: cp1251 read as latin-1")
    assert "warning: 1 articles were decoded wrongly before they came here" in empty("ingest", crawl).out


def test_options_settle_what_a_file_does_not_say(empty, tmp_path):
    crawl = tmp_path / "a.csv"
    crawl.write_bytes("Сюжет;Шапка\nЪ;Жзц\n".encode("cp866"))
    refused = empty("ingest", crawl)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    options = ("--encoding", "cp866", "--source", "Вестник", "--column", "text=Сюжет", "--column", "title=Шапка")
    assert empty.json("ingest", crawl, *options)["stored"] == 1
    (article,) = articles(empty)
    assert (article["source"], article["title"], article["text"]) == ("Вестник", "Жзц", "Ъ")
    wrong = empty("ingest", crawl, "--column", "body=Сюжет")
    assert wrong.code == 2
    assert "'body=Сюжет' is not FIELD=NAME; fields are source, title, text" in wrong.err


def test_rows_of_which_none_names_a_source_say_the_option(empty, tmp_path):
    crawl = tmp_path / "nameless.csv"
    crawl.write_text("title,text,id\nМост,Мост открыли.,7\nПорт,Порт закрыли.,8\n", encoding="utf-8")
    result = empty("ingest", crawl)
    assert result.code == 1
    assert "none of 2 rows is an article (no source); name it: add --source NAME to the command" in result.err
    assert "quarantined rows (no source 2): rubrika sql" in result.out
    settled = empty.json("ingest", crawl, "--source", "ved.example")
    assert (settled["stored"], settled["reasons"]) == (2, {})
    assert settled["unused_columns"] == {
        "nameless.csv": {"id": "a number of its own? articles are known by their text"}
    }
