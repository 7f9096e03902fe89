import json

import pytest

from pipeline.predict.explain import explain
from pipeline.train.train import train
from tests.pipeline.support.homes import label, tiny_home, tiny_ids, tiny_settings

STDIN = json.dumps({"title": "Тренер", "text": "Клуб выиграл матч, тренер доволен."})


def adds_up(said):
    words = sum(word["weight"] for word in said["words_for"] + said["words_against"])
    return words + said["dense"] + said["intercept"] == pytest.approx(said["score"], abs=1e-4)


@pytest.fixture(scope="module")
def article(trained):
    """A stored article about sport, of the test."""
    query = "SELECT id FROM articles JOIN label_matrix ON id = article_id WHERE sport = 1 AND part = 'test' ORDER BY id"
    return trained.json("sql", query)[0]["id"]


@pytest.fixture(scope="module")
def said(trained, article):
    return trained.json("explain", article)


def test_words_vector_and_intercept_add_up_to_the_score_of_every_head(said):
    assert len(said["categories"]) == 5
    assert all(adds_up(one) for one in said["categories"].values())


def test_the_answer_is_that_of_the_predictions(trained, said, article):
    rows = trained.json("sql", f"SELECT category, probability, verdict FROM predictions WHERE article_id = '{article}'")
    for row in rows:
        one = said["categories"][row["category"]]
        assert one["probability"] == pytest.approx(row["probability"], abs=1e-5)
        assert one["verdict"] == row["verdict"]
        assert one["threshold_no"] <= one["threshold"]


def test_words_are_ordered_and_on_their_side(said):
    for one in said["categories"].values():
        weights = [word["weight"] for word in one["words_for"]]
        assert weights == sorted(weights, reverse=True)
        assert min(weights) > 0 > max(word["weight"] for word in one["words_against"])


def test_neighbours_are_labelled_articles_outside_the_test_the_nearest_first(trained, said, article):
    near = said["categories"]["sport"]["neighbours"]
    cosines = [one["similarity"] for one in near]
    assert cosines == sorted(cosines, reverse=True)
    for one in near:
        query = f"SELECT part, sport FROM articles JOIN label_matrix ON id = article_id WHERE id = '{one['id']}'"
        (row,) = trained.json("sql", query)
        assert row["part"] != "test"
        assert bool(row["sport"]) is one["label"]
        assert one["id"] != article


def test_an_article_on_standard_input_is_explained_alike(trained):
    result = trained("explain", "-", "--json", stdin=STDIN)
    assert result.code == 0, result.err
    sport = result.json["categories"]["sport"]
    assert adds_up(sport)
    assert {"тренер", "матч"} <= {word["word"] for word in sport["words_for"]}


def test_an_explained_article_of_the_store_is_the_same_when_given(trained, said, article):
    (row,) = trained.json("sql", f"SELECT title, text FROM articles WHERE id = '{article}'")
    given = trained("explain", "-", "--json", stdin=json.dumps(row)).json
    assert given["id"] == article
    for key, one in given["categories"].items():
        assert one["score"] == pytest.approx(said["categories"][key]["score"], abs=1e-4)


def test_the_first_digits_of_an_id_will_do_and_people_get_a_table(trained, article):
    out = trained("explain", article[:12]).out
    for word in ("score = what all words + the vector + a constant add", "nearest labelled articles", "sport", article):
        assert word in out


@pytest.mark.parametrize(
    ("stdin", "word"),
    [
        ("no json", "standard input is not JSON"),
        ("[1]", "standard input is not one JSON object"),
        ('{"title": " "}', "the article on standard input has no text"),
        ('{"text": 5}', "'text' is not a string"),
    ],
)
def test_what_is_no_article_is_refused_with_an_example(trained, stdin, word):
    result = trained("explain", "-", stdin=stdin)
    assert result.code == 2
    assert word in result.err
    assert '; give {"title": "…", "text": "…"}' in result.err


@pytest.mark.parametrize(("name", "word"), [("zz", "no article in"), ("", "516 articles begin with ''")])
def test_an_id_that_is_none_or_many_is_refused(trained, name, word):
    result = trained("explain", name)
    assert result.code == 2
    assert word in result.err
    assert "rubrika sql" in result.err


@pytest.mark.parametrize(("kind", "sums"), [("logistic", True), ("lightgbm", False)])
def test_heads_without_words_are_explained_by_neighbours_and_that_is_said(tmp_path, kind, sums, capsys):
    from pipeline.predict.show import print_explanation

    settings = tiny_settings(tmp_path, ["politics"], train={"candidates": [kind]})
    home = tiny_home(settings)
    label(home, "politics")
    train(home, settings, say=lambda line: None)
    result = explain(home, settings, tiny_ids()[3], None)
    one = result.categories["politics"]
    assert one.words_for == one.words_against == ()
    assert (one.dense is not None) is sums
    assert len(one.neighbours) == 5
    print_explanation(result, as_json=False)
    assert "politics: its head" in capsys.readouterr().out
