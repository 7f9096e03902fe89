import json
import shutil
from dataclasses import replace

import pytest

from models.features import Features
from models.ground import UNLIKE
from models.lexical.counts import lexical_counts
from pipeline.bundles.open_bundle import open_bundle
from pipeline.crawl.article import Article
from pipeline.crawl.rows import Accepted
from pipeline.embed.views import open_views
from pipeline.evaluate.predictions import rows_of
from pipeline.predict.answer import answers
from pipeline.predict.predict import predict
from pipeline.predict.show import print_predicted
from pipeline.setup.call import Call
from tests.pipeline.support.command import SAMPLE
from tests.pipeline.support.homes import tiny_vectors

KEYS = ["politics", "economy", "culture", "technology", "sport"]


def lines(result):
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def test_every_row_comes_out_in_its_order_also_those_that_are_no_articles(trained):
    rows = lines(trained("predict", SAMPLE / "crawl.tsv"))
    assert len(rows) == 536
    errors = [row for row in rows if "error" in row]
    assert len(errors) == 5  # a source or a text may be missing here
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


def asked(rubrika, *rows):
    """What ``predict`` answers to some rows, each one line of standard input."""
    return lines(rubrika("predict", "-", stdin="".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)))


def test_the_users_row_comes_back_whole_under_its_own_name_with_its_types(trained):
    row = {"text": "Матч клуба", "id": "777", "categories": "mine", "error": "e", "row": [1], "politics": 1, "x": None}
    (answer,) = asked(trained, row)
    assert answer["row"] == row
    assert (answer["politics"], answer["x"]) == (1, None)  # names that are not ours stand at the top too
    assert "error" not in answer
    assert len(answer["id"]) == 32
    assert set(answer["categories"]) == set(KEYS)


def test_a_column_of_a_table_named_as_ours_is_kept_beside_it(trained, tmp_path):
    file = tmp_path / "clash.csv"
    file.write_text("text,categories,id\nМатч клуба,mine,777\n", encoding="utf-8")
    (answer,) = lines(trained("predict", file))
    assert answer["row"] == {"text": "Матч клуба", "categories": "mine", "id": "777"}
    assert isinstance(answer["categories"], dict)


def test_half_a_surrogate_pair_in_a_column_spoils_no_line(trained):
    result = trained("predict", "-", stdin='{"text": "Матч клуба", "note": "a\\ud83d"}\n')
    assert lines(result)[0]["row"]["note"] == "a?"


def test_a_title_alone_is_enough(trained):
    (answer,) = asked(trained, {"title": "Тренер клуба ушёл"})
    assert (answer["title"], answer["text"]) == ("Тренер клуба ушёл", "")


@pytest.mark.parametrize("text", ["The bank raised its key rate, says Иван.", "⚽🏆🥇", "12 345"])
def test_what_has_no_russian_words_is_asked_about_in_every_category(trained, text):
    (answer,) = asked(trained, {"text": text})
    assert {category["verdict"] for category in answer["categories"].values()} == {"ask"}
    assert {category["reason"] for category in answer["categories"].values()} == {"no Russian words"}


def test_rows_of_which_none_is_an_article_end_with_1(trained):
    result = trained("predict", "-", stdin='{"text": ""}\n{"text": " "}\n')
    assert (result.code, [json.loads(line)["error"] for line in result.out.splitlines()]) == (1, ["no text"] * 2)
    assert "none of its 2 rows is an article" in result.err


def test_the_counts_and_categories_without_a_head_are_said(trained):
    open_settings = Call(trained.home, trained.config, quiet=False)
    home, settings = open_settings.open()
    added = settings.categories["sport"].model_copy(update={"title": "Погода"})
    more = settings.model_copy(update={"categories": {**settings.categories, "weather": added}})
    said = []
    answered = predict(home, more, str(SAMPLE / "crawl.tsv"), None, say=said.append)
    print_predicted(answered, "crawl.tsv", said.append)
    assert said[0].endswith("so no answer: weather; see why: rubrika train")
    assert said[1:] == ["536 rows: 531 sorted, 5 not articles"]


def test_an_article_unlike_everything_labelled_is_asked_about_and_the_reason_is_given(tiny):
    home, _ = tiny
    bundle = open_bundle(home, "current")
    article = Accepted(Article("0" * 32, "x", "Матч", "Матч клуба", None, ""), 1, {}, {"text": "Матч клуба"})
    counts = lexical_counts(["Матч клуба"])
    for head in bundle.heads.values():
        assert head.ground.floor > -1
    like = Features(tiny_vectors()[:1], counts)
    far = Features(-tiny_vectors().mean(axis=0, keepdims=True), counts)
    (answer,) = answers(bundle, [article], far)
    assert {(said["verdict"], said.get("reason")) for said in answer["categories"].values()} == {("ask", UNLIKE)}
    (answer,) = answers(bundle, [article], like)
    assert not any("reason" in said for said in answer["categories"].values())
    assert {said["verdict"] for said in answer["categories"].values()} <= {"yes", "no"}


def test_predictions_for_sql_ask_where_nothing_was_taught(tiny):
    home, _ = tiny
    bundle, views = open_bundle(home, "current"), open_views(home)
    strict = {key: replace(head, ground=replace(head.ground, floor=1.5)) for key, head in bundle.heads.items()}
    rows = rows_of(replace(bundle, heads=strict), views, views.vectors.ids())
    assert set(rows["verdict"].to_pylist()) == {"ask"}
    assert set(rows_of(bundle, views, views.vectors.ids())["verdict"].to_pylist()) >= {"yes", "no"}
