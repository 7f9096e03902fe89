import json

import pytest

from tests.pipeline.support.command import SAMPLE

STDIN = json.dumps({"title": "Тренер", "text": "Клуб выиграл матч, тренер доволен."})


def read(result):
    assert result.code == 0, result.err
    return json.loads(result.out)


@pytest.fixture(scope="module")
def article(trained):
    query = "SELECT id FROM articles JOIN label_matrix ON id = article_id WHERE sport = 1 ORDER BY id LIMIT 1"
    return trained.json("sql", query)[0]["id"]


def test_the_nearest_come_first_and_the_article_itself_never(trained, article):
    answer = trained.json("similar", article)
    cosines = [near["similarity"] for near in answer["articles"]]
    assert (answer["id"], len(cosines)) == (article, 10)
    assert cosines == sorted(cosines, reverse=True)
    assert article not in [near["id"] for near in answer["articles"]]
    assert [list(near) for near in answer["articles"][:1]] == [
        ["id", "title", "source", "published_at", "similarity", "labels"]
    ]


def test_labels_are_those_of_the_matrix_and_unknown_ones_are_not_there(trained, article):
    for near in trained.json("similar", article, "-n", "30")["articles"]:
        rows = trained.json("sql", f"SELECT * FROM label_matrix WHERE article_id = '{near['id']}'")
        matrix = {key: value for row in rows for key, value in row.items() if key != "article_id" and value is not None}
        assert near["labels"] == matrix


def test_an_article_that_is_not_stored_has_neighbours_too(trained):
    nearest = read(trained("similar", "-", "-n", "3", "--json", stdin=STDIN))["articles"]
    assert len(nearest) == 3
    assert nearest[0]["labels"]["sport"] == 1


def test_a_copy_from_elsewhere_is_nearest_to_itself_and_left_out(trained, article):
    query = f"SELECT title, text FROM articles WHERE id = '{article}'"
    (row,) = trained.json("sql", query)
    assert read(trained("similar", "-", "--json", stdin=json.dumps(row))) == trained.json("similar", article)


def test_people_get_a_table(trained, article):
    (near,) = trained.json("similar", article, "-n", "1")["articles"]
    out = trained("similar", article[:12], "-n", "1").out
    assert all(word in out for word in ("nearest articles", near["id"][:12], f"{near['similarity']:.3f}", "sport"))


@pytest.mark.parametrize("count", ["0", "-1", "x"])
def test_a_number_that_is_none_is_refused(trained, article, count):
    assert trained("similar", article, "-n", count).code == 2


def test_without_vectors_it_is_said_what_to_run(empty):
    empty("ingest", SAMPLE / "crawl.tsv")
    result = empty("similar", "0065cf35")
    assert result.code == 1
    assert "rubrika embed" in result.err
