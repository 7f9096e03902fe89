import pytest

from tests.pipeline.support.command import SAMPLE


def table(tmp_path, text):
    path = tmp_path / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_blank_is_unknown_and_unmatched_labels_wait_for_their_article(empty, tmp_path):
    labels = table(tmp_path, "title,text,sport,culture\nМатч,Победа.,1,\nПьеса,Премьера.,0,1\n")
    done = empty.json("labels", "import", labels)
    assert done["categories"] == {
        "culture": {"positive": 1, "negative": 0, "unknown": 1},
        "sport": {"positive": 1, "negative": 1, "unknown": 0},
    }
    assert (done["unmatched"], done["added"]) == (2, 3)
    crawl = tmp_path / "crawl.csv"
    crawl.write_text("source,title,text\nx.example,Матч,Победа.\n", encoding="utf-8")
    empty.json("ingest", crawl)
    assert empty.json("labels", "import", labels)["unmatched"] == 1
    assert empty.json("labels", "import", labels)["added"] == 0


def test_a_table_of_ids_finds_its_articles(trained):
    done = trained.json("labels", "import", SAMPLE / "labels.csv")
    assert (done["unmatched"], done["added"]) == (0, 0)
    assert done["categories"]["sport"] == {"positive": 103, "negative": 413, "unknown": 0}


@pytest.mark.parametrize(
    ("text", "arguments", "code", "said"),
    [
        ("title,text,crime\nа,б,1\n", (), 2, "column 'crime' is not a category; categories: politics, economy"),
        (
            "title,text,sport\nа,б,возможно\n",
            (),
            1,
            "labels.csv:2: sport = 'возможно' is not 1, 0 or blank; nothing was imported",
        ),
        ("title,text,note\nа,б,слово\n", (), 1, "no label columns; columns: note; categories: politics"),
        ("title,text,sport\nа,б,1\n", ("--category", "culture"), 2, "no label column 'culture'; columns: sport"),
    ],
)
def test_what_cannot_be_imported_is_said_in_one_line_and_nothing_is_written(
    empty, tmp_path, text, arguments, code, said
):
    result = empty("labels", "import", table(tmp_path, text), *arguments)
    assert (result.code, result.err.count("\n")) == (code, 1)
    assert said in result.err
    assert empty.json("sql", "SELECT count(*) n FROM labels") == [{"n": 0}]
