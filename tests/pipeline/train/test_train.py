import csv

from store.choices import Choices
from store.lance import connect
from store.renames import Renames
from tests.pipeline.support.command import SAMPLE

KEYS = ["politics", "economy", "culture", "technology", "sport"]


def head_files(rubrika):
    return {path: path.read_bytes() for path in (rubrika.home / "heads").rglob("*") if path.is_file()}


def relabel(rubrika, tmp_path, category, articles):
    with (SAMPLE / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:articles]
    path = tmp_path / "changed.csv"
    path.write_text(f"id,{category}\n" + "".join(f"{row['id']},{1 - int(row[category])}\n" for row in rows))
    return rubrika.json("labels", "import", path)


def test_a_second_run_trains_nothing_and_names_the_same_bundle(copy):
    before = head_files(copy)
    bundles = [copy.json("train") for _ in range(2)]
    assert {key: said["state"] for key, said in bundles[0]["categories"].items()} == dict.fromkeys(KEYS, "reused")
    assert bundles[0]["bundle"] == bundles[1]["bundle"]
    assert head_files(copy) == before


def test_new_labels_of_one_category_retrain_its_head_alone(copy, tmp_path):
    before = head_files(copy)
    relabel(copy, tmp_path, "sport", 30)
    done = copy.json("train")
    states = {key: said["state"] for key, said in done["categories"].items()}
    assert states == {**dict.fromkeys(KEYS, "reused"), "sport": "trained"}
    after = head_files(copy)
    assert {path: after[path] for path in before} == before
    assert list(done["categories"]) == KEYS


def test_a_threshold_policy_of_one_category_changes_its_head_alone(copy, tmp_path):
    config = tmp_path / "rubrika.toml"
    config.write_text(
        copy.config.read_text().replace('title = "Спорт"', 'title = "Спорт"\npolicy = "band"\nprecision = 0.97')
    )
    done = type(copy)(copy.home, config).json("train")
    assert [key for key, said in done["categories"].items() if said["state"] == "trained"] == ["sport"]


def test_training_again_from_nothing_gives_the_same_bytes(copy):
    before = {path.relative_to(copy.home): data for path, data in head_files(copy).items()}
    for path in sorted((copy.home / "heads").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    copy.json("train")
    assert {path.relative_to(copy.home): data for path, data in head_files(copy).items()} == before


def test_a_category_with_three_positives_has_no_head_and_it_is_said_what_to_label(copy, tmp_path):
    config = tmp_path / "rubrika.toml"
    config.write_text(copy.config.read_text() + '\n[categories.chess]\ntitle = "Шахматы"\n')
    with (SAMPLE / "labels.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)][:200]
    labels = tmp_path / "chess.csv"
    labels.write_text("id,chess\n" + "".join(f"{article},{int(row < 3)}\n" for row, article in enumerate(ids)))
    rubrika = type(copy)(copy.home, config)
    rubrika.json("labels", "import", labels)
    done = rubrika.json("train")
    assert (done["categories"]["chess"]["state"], done["categories"]["chess"]["head"]) == ("skipped", None)
    assert done["categories"]["chess"]["reason"].startswith("chess: no head, 3 positives outside the test")
    assert done["categories"]["sport"]["state"] == "reused"
    alone = rubrika("train", "--category", "chess")
    assert alone.code == 1
    assert "chess: no head, " in alone.err
    assert "10 are needed; label at least" in alone.err


def test_an_unknown_category_names_the_known_ones(trained):
    result = trained("train", "--category", "sprot")
    assert (result.code, result.err) == (
        2,
        "rubrika: no category 'sprot'; there are: politics, economy, culture, technology, sport\n",
    )


def test_labels_of_the_test_part_do_not_reach_a_head(copy, tmp_path):
    before = head_files(copy)
    ids = [row["id"] for row in copy.json("sql", "SELECT id FROM articles WHERE part = 'test'")]
    path = tmp_path / "test-part.csv"
    path.write_text("id,sport\n" + "".join(f"{article},1\n" for article in ids))
    copy.json("labels", "import", path)
    assert copy.json("train")["categories"]["sport"]["state"] == "reused"
    assert head_files(copy) == before


def test_while_a_rename_is_half_done_nothing_is_trained_imported_or_promoted(copy, tmp_path):
    Renames(connect(str(copy.home / "store"))).begin("politics", "power")
    labels = tmp_path / "labels.csv"
    labels.write_text("title,text,politics\nа,б,1\n", encoding="utf-8")
    for arguments in (("train",), ("labels", "import", labels), ("bundle", "promote")):
        result = copy(*arguments)
        assert result.code == 1
        assert "finish it first: rubrika category rename politics power" in result.err


def test_a_choice_that_is_no_candidate_any_more_is_made_again(copy):
    choices = Choices(connect(str(copy.home / "store")))
    choices.put({"sport": {"kind": "hybrid", "params": {"loss": "squared_hinge", "C": 1.0, "dense_weight": 1.0}}})
    done = copy.json("train")
    assert [key for key, said in done["categories"].items() if said["state"] == "trained"] == ["sport"]
    assert "theme_weight" in choices.all()["sport"]["params"]
