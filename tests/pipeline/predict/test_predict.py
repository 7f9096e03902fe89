import json
import shutil

import pytest

from tests.pipeline.support.command import SAMPLE

KEYS = ["politics", "economy", "culture", "technology", "sport"]


def lines(result):
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def test_every_row_comes_out_in_its_order_also_those_that_are_no_articles(trained):
    rows = lines(trained("predict", SAMPLE / "crawl.tsv"))
    assert len(rows) == 536
    errors = [row for row in rows if "error" in row]
    assert len(errors) == 8  # a source may be missing here
    answered = [row for row in rows if "error" not in row]
    for said in answered[0]["categories"].values():
        assert set(said) == {"probability", "verdict", "threshold"}
        assert said["verdict"] == ("yes" if said["probability"] >= said["threshold"] else "no")
    assert list(answered[0]["categories"]) == KEYS


def test_standard_input_and_a_file_give_the_same_answers(trained, tmp_path):
    row = {
        "title": "Хоккеисты вышли в финал",
        "text": "Команда обыграла соперника в матче плей-офф, шайбу забил капитан.",
    }
    file = tmp_path / "fresh.jsonl"
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (from_file,) = lines(trained("predict", file))
    (piped,) = lines(trained("predict", "-", stdin=file.read_text(encoding="utf-8")))
    assert piped == from_file
    assert piped["categories"]["sport"]["verdict"] == "yes"
    assert piped["categories"]["culture"]["verdict"] == "no"


def test_what_a_file_does_not_say_is_settled_by_the_options_that_its_error_names(trained, tmp_path):
    file = tmp_path / "fresh.csv"
    file.write_text("title;Сюжет\nЪ;Жзц\n", encoding="koi8-r")
    assert "add for example --encoding cp1251 to the command" in trained("predict", file).err
    (row,) = lines(trained("predict", file, "--encoding", "koi8-r", "--column", "text=Сюжет"))
    assert (row["title"], row["text"]) == ("Ъ", "Жзц")


def test_cached_and_fresh_vectors_give_the_same_probability(trained):
    rows = lines(trained("predict", SAMPLE / "crawl.tsv"))
    stored = {
        (row["article_id"], row["category"]): row["probability"]
        for row in trained.json("sql", "SELECT article_id, category, probability FROM predictions")
    }
    for row in (row for row in rows if row.get("id") in {article for article, _ in stored}):
        for key, said in row["categories"].items():
            assert said["probability"] == pytest.approx(stored[row["id"], key], abs=1e-5)


def test_without_a_bundle_it_is_said_what_to_run(empty, tmp_path):
    result = empty("predict", SAMPLE / "crawl.tsv")
    assert result.code == 1
    assert "rubrika train" in result.err


def test_a_row_keeps_its_other_columns_and_its_date_as_written(trained, tmp_path):
    file = tmp_path / "fresh.csv"
    file.write_text("source,title,text,date,url,id\nx,Матч,Хоккеисты победили.,вчера,http://x/1,77\n", encoding="utf-8")
    (row,) = lines(trained("predict", file))
    assert (row["url"], row["published_at"], row["published_raw"]) == ("http://x/1", None, "вчера")
    assert len(row["id"]) == 32


def test_an_empty_standard_input_is_called_that(trained):
    result = trained("predict", "-", stdin="")
    assert result.code == 1
    assert result.err.startswith("rubrika: standard input: ")


def test_a_damaged_tokenizer_is_said_in_one_line(copy):
    folder = next((copy.home / "encoders").resolve().glob("navec-news-*"))
    (copy.home / "encoders").unlink()
    shutil.copytree(folder, copy.home / "encoders" / folder.name)
    damaged = copy.home / "encoders" / folder.name / "tokenizer.json"
    damaged.write_bytes(b"\x80\x04cos\nsystem\n(S'true'\ntR.")
    result = copy("predict", "-", stdin='{"text": "Новый текст, которого ещё не было."}\n')
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "cannot be loaded" in result.err
