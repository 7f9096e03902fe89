import csv
import shutil

import pytest

from store.labels import Labels
from store.lance import connect
from store.splits import Splits
from tests.pipeline.support.command import SAMPLE

KEYS = ["politics", "economy", "culture", "technology", "sport"]


def gold():
    with (SAMPLE / "labels.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labels_file(folder, rows, keys=KEYS, name="some.csv"):
    path = folder / name
    lines = [",".join([row["id"], *(row[key] for key in keys)]) for row in rows]
    path.write_text("\n".join([",".join(["id", *keys]), *lines]) + "\n")
    return path


@pytest.fixture
def half(copy, tmp_path):
    """The sample with labels for every second article."""
    shutil.rmtree(copy.home / "store" / "labels.lance")
    copy.json("labels", "import", labels_file(tmp_path, gold()[::2]))
    return copy


def log(rubrika):
    return Labels(connect(str(rubrika.home / "store")))


def spread_labels(rubrika):
    rows = log(rubrika).current().to_pylist()
    return {(row["article_id"], row["category"]): row["value"] for row in rows if row["annotator"] == "knn"}


def test_labels_spread_with_a_confidence_and_are_mostly_right(half):
    propagated = half.json("propagate", "--precision", "0.9")
    truth = {(row["id"], key): int(row[key]) for row in gold() for key in KEYS}
    spread = spread_labels(half)
    assert (
        len(spread)
        == propagated["written"]
        == sum(category["yes"] + category["no"] for category in propagated["categories"].values())
    )
    assert len(spread) > 200
    assert sum(truth[pair] == value for pair, value in spread.items()) / len(spread) > 0.85
    rows = [row for row in log(half).current().to_pylist() if row["annotator"] == "knn"]
    right = [truth[row["article_id"], row["category"]] == row["value"] for row in rows]
    assert all(0.5 <= row["confidence"] <= 1 for row in rows)  # no label against its own probability
    assert sum(row["confidence"] for row in rows) / len(rows) == pytest.approx(sum(right) / len(rows), abs=0.05)


def test_nobodys_label_is_overridden_and_no_test_article_gets_one(half):
    before = log(half).given().select(["article_id", "category", "value", "annotator"]).to_pylist()
    half.json("propagate")
    assert log(half).given().select(["article_id", "category", "value", "annotator"]).to_pylist() == before
    parts = {row["id"]: row["part"] for row in Splits(connect(str(half.home / "store"))).all().to_pylist()}
    given = {(row["article_id"], row["category"]) for row in before}
    assert all(pair not in given and parts[pair[0]] != "test" for pair in spread_labels(half))


def test_the_same_again_changes_nothing_and_a_stricter_promise_withdraws(half):
    half.json("propagate", "--precision", "0.8")
    rows = log(half).log().num_rows
    again = half.json("propagate", "--precision", "0.8")
    assert (again["written"], again["withdrawn"], log(half).log().num_rows) == (0, 0, rows)
    strict = half.json("propagate", "--precision", "0.99")
    assert strict["withdrawn"] > 0
    assert len(spread_labels(half)) == sum(
        category["yes"] + category["no"] for category in strict["categories"].values()
    )


def test_a_person_reads_how_common_yes_is_among_what_is_added_and_when_that_is_another_share(half):
    propagated = half.json("propagate", "--dry-run", "--precision", "0.8")["categories"]
    shown = half("propagate", "--dry-run", "--precision", "0.8").out
    for key, category in propagated.items():
        if given := category["yes"] + category["no"]:
            before, after = category["prevalence"], category["yes"] / given
            caution = "; held-out precision is that of articles like those labelled"
            expected = (
                f"{key}: {category['yes']} yes and {category['no']} no; yes is {before:.1%} of the labels that voted, "
            )
            expected += f"{after:.1%} of these{'' if 0.5 <= after / before <= 2 else caution}\n"
            assert expected in shown


def test_a_dry_run_says_the_same_and_writes_nothing(half):
    dry = half.json("propagate", "--dry-run")
    assert dry["written"] == 0 and not spread_labels(half)
    assert half.json("propagate")["categories"] == dry["categories"]


def test_heads_neither_learn_from_them_nor_are_measured_by_them(half):
    before = half.json("train")["bundle"]
    measured = half.json("evaluate")["articles"]
    half.json("propagate")
    after = half.json("train")
    assert after["bundle"] == before
    assert {head["state"] for head in after["categories"].values()} == {"reused"}
    assert half.json("evaluate")["articles"] == measured


def test_labels_of_the_test_do_not_vote(half, tmp_path):
    before = half.json("propagate", "--dry-run")
    parts = {row["id"]: row["part"] for row in Splits(connect(str(half.home / "store"))).all().to_pylist()}
    of_test = [row for row in gold() if parts[row["id"]] == "test"]
    assert of_test
    flipped = [{**row, **{key: str(1 - int(row[key])) for key in KEYS}} for row in of_test]
    half.json("labels", "import", labels_file(tmp_path, flipped, name="flipped.csv"))
    assert half.json("propagate", "--dry-run")["categories"] == before["categories"]


def test_a_label_that_a_person_gives_later_beats_the_one_that_spread(half, tmp_path):
    half.json("propagate", "--precision", "0.8")
    (article, category), value = next(iter(spread_labels(half).items()))
    row = {"id": article, category: str(1 - value)}
    half.json("labels", "import", labels_file(tmp_path, [row], [category], "one.csv"))
    assert half.json("propagate", "--precision", "0.8")["withdrawn"] >= 1
    current = {(row["article_id"], row["category"]): row for row in log(half).current().to_pylist()}
    assert current[article, category]["annotator"] == "import:one.csv"


def test_they_leave_only_when_asked_for_by_name(half, tmp_path):
    half.json("propagate")
    all_labels = half.json("labels", "export", tmp_path / "all.csv")
    assert all_labels["articles"] == len(gold()[::2])
    exported = half.json("labels", "export", tmp_path / "knn.csv", "--annotator", "knn")
    assert exported["articles"] == len({article for article, _ in spread_labels(half)})


def test_a_category_with_few_labels_is_left_out_and_it_is_said_why(copy, tmp_path):
    shutil.rmtree(copy.home / "store" / "labels.lance")
    rows = [{"id": row["id"], "sport": row["sport"]} for row in gold()[:40]]
    copy.json("labels", "import", labels_file(tmp_path, rows, ["sport"]))
    propagated = copy.json("propagate")["categories"]
    assert "of each are needed; label more: rubrika suggest --category culture" in propagated["culture"]["reason"]
    assert propagated["culture"]["yes"] == propagated["culture"]["no"] == 0


def test_a_precision_that_is_no_share_and_a_home_without_labels_are_one_line(copy):
    assert "--precision 95.0: a share above 0 and below 1 is meant" in copy("propagate", "--precision", "95").err
    shutil.rmtree(copy.home / "store" / "labels.lance")
    result = copy("propagate")
    assert result.code == 1
    assert "nothing outside the test is labelled for politics" in result.err


def test_a_home_without_the_confidence_column_is_opened_as_before(half):
    labels = log(half)
    rows = labels.log().num_rows
    labels.table.drop_columns(["confidence"])
    assert half.json("propagate")["written"] > 0
    assert log(half).log().num_rows > rows
