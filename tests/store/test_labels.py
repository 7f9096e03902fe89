import pyarrow as pa

from store.labels import Labels


def opinions(*rows):
    return pa.table(
        {
            "article_id": [row[0] for row in rows],
            "category": [row[1] for row in rows],
            "value": pa.array([row[2] for row in rows], pa.int8()),
        }
    )


def current(labels):
    rows = labels.current().to_pylist()
    return {(row["article_id"], row["category"]): (row["value"], row["annotator"]) for row in rows}


def test_the_latest_opinion_of_an_annotator_counts(db):
    labels = Labels(db)
    labels.add(opinions(("a", "sport", 1)), "import:x")
    labels.add(opinions(("a", "sport", 0)), "import:x")
    assert current(labels) == {("a", "sport"): (0, "import:x")}


def test_an_editor_beats_an_import_beats_a_model_beats_propagation_whatever_came_last(db):
    labels = Labels(db)
    for annotator, value in (("editor:anna", 0), ("import:x", 1), ("llm:m", 1), ("knn", 1)):
        labels.add(opinions(("a", "sport", value)), annotator)
    assert current(labels) == {("a", "sport"): (0, "editor:anna")}


def test_no_label_is_unknown_and_a_withdrawn_one_gives_way_to_the_next(db):
    labels = Labels(db)
    labels.add(opinions(("a", "sport", 1), ("b", "sport", None)), "import:x")
    labels.add(opinions(("a", "sport", 0)), "editor:anna")
    labels.add(opinions(("a", "sport", None)), "editor:anna")
    assert current(labels) == {("a", "sport"): (1, "import:x")}


def test_saying_the_same_again_appends_nothing(db):
    labels = Labels(db)
    assert labels.add(opinions(("a", "sport", 1), ("a", "sport", 0), ("b", "sport", 1)), "import:x") == 2
    assert labels.add(opinions(("a", "sport", 0), ("b", "sport", 1)), "import:x") == 0
    assert current(labels)[("a", "sport")] == (0, "import:x")
    assert labels.log().num_rows == 2


def test_the_latest_opinion_of_everyone_is_kept_apart_and_one_of_them_counts(db):
    labels = Labels(db)
    labels.add(opinions(("a", "sport", 1), ("b", "sport", 1)), "llm:m")
    labels.add(opinions(("a", "sport", 0)), "editor:anna")
    labels.add(opinions(("b", "sport", None)), "llm:m")
    rows = labels.latest().select(["article_id", "annotator", "value", "counts"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("a", "editor:anna", 0, True),
        ("a", "llm:m", 1, False),
        ("b", "llm:m", None, False),
    ]


def test_everything_that_was_said_of_an_article_comes_in_order(db):
    labels = Labels(db)
    for value in (1, 0, None):
        labels.add(opinions(("a", "sport", value), ("b", "sport", 1)), "editor:anna")
    labels.add(opinions(("a", "sport", 1), ("a", "culture", 0)), "import:x")
    rows = labels.about("a").select(["category", "annotator", "value", "counts"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("culture", "import:x", 0, True),
        ("sport", "editor:anna", 1, False),
        ("sport", "editor:anna", 0, False),
        ("sport", "editor:anna", None, False),
        ("sport", "import:x", 1, True),
    ]
    assert labels.about("nobody").num_rows == 0
