import csv
import dataclasses
import shutil

import pyarrow as pa
import pytest

from pipeline.improve.label_errors.examine import folds_of
from pipeline.improve.label_errors.label_errors import label_errors
from pipeline.labels.import_labels import import_labels
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import open_home
from pipeline.train.plan import plan
from store.labels import Labels
from store.splits import Splits
from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.homes import N, label, tiny_home, tiny_ids, tiny_settings, truth_of
from tests.pipeline.support.tiny import THREE

IDS = tiny_ids()
TEST = [row for row in range(N) if row % 4 == 3]
WRONG = {"politics": [2, 16], "culture": [8]}  # rows turned around, none of the test
PLANTED = {(IDS[row], key) for key, rows in WRONG.items() for row in rows}


@pytest.fixture(scope="module")
def spoilt_home(tmp_path_factory):
    settings = tiny_settings(tmp_path_factory.mktemp("spoilt"), THREE, train={"candidates": ("hybrid",), "folds": 3})
    home = tiny_home(settings)
    for key in THREE:
        label(home, key, wrong=WRONG.get(key, ()))
    return settings


@pytest.fixture
def spoilt(spoilt_home, tmp_path):
    """Sixty articles labelled for three categories, three labels of the 135 outside the test turned around."""
    shutil.copytree(spoilt_home.home, tmp_path / "home")
    settings = spoilt_home.model_copy(update={"home": tmp_path / "home"})
    return open_home(settings), settings


def say(home, key, values, annotator="import:tiny"):
    """Write opinions: row → 1, 0 or None."""
    table = {"article_id": [IDS[row] for row in values], "category": [key] * len(values)}
    Labels(home.db).add(pa.table(table | {"value": pa.array(list(values.values()), pa.int8())}), annotator)


def find(home, settings, only=(), n=100, annotator=None, file=None):
    return label_errors(home, settings, only, n, annotator, file, quiet=True)


def pairs(doubted):
    return [(suspect.id, suspect.category) for suspect in doubted.labels]


def lines(file):
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def test_planted_errors_are_at_the_top_with_what_a_person_needs_to_check_them(spoilt):
    doubted = find(*spoilt)
    assert set(pairs(doubted)[:3]) == PLANTED
    assert [suspect.quality for suspect in doubted.labels] == sorted(suspect.quality for suspect in doubted.labels)
    assert doubted.examined == 3 * (N - len(TEST))
    assert (
        doubted.suspected == len(doubted.labels) == sum(category.suspected for category in doubted.categories.values())
    )
    for suspect in doubted.labels:
        row = IDS.index(suspect.id)
        assert (suspect.title, suspect.source, suspect.annotator) == (f"Заметка {row}", "тест", "import:tiny")
        assert suspect.label == (truth_of(suspect.category)[row] != ((suspect.id, suspect.category) in PLANTED))
        assert suspect.quality == pytest.approx(
            suspect.probability if suspect.label else 1 - suspect.probability, abs=1e-5
        )
        near = [IDS.index(other.id) for other in suspect.neighbours]
        assert len(near) == 5
        assert row not in near
        assert not set(near) & set(TEST)
        cosines = [other.similarity for other in suspect.neighbours]
        assert cosines == sorted(cosines, reverse=True)
    assert find(*spoilt) == doubted
    assert find(*spoilt, n=1).labels == doubted.labels[:1]


def test_unknown_pairs_are_not_examined_and_labels_of_the_test_change_nothing(spoilt):
    home, settings = spoilt
    rows = [0, 1, 2, 4]
    say(home, "politics", dict.fromkeys(rows))
    doubted = find(home, settings, ["politics"])
    assert not {(IDS[row], "politics") for row in rows} & set(pairs(doubted))
    assert doubted.examined == N - len(TEST) - len(rows)
    say(home, "politics", {row: int(not truth_of("politics")[row]) for row in TEST})
    assert find(home, settings, ["politics"]) == doubted


def test_what_was_only_propagated_neither_teaches_nor_is_examined(spoilt):
    home, settings = spoilt
    say(home, "politics", dict.fromkeys([0, 1, 2, 4]))
    before = find(home, settings, ["politics"])
    say(home, "politics", {0: 1, 1: 1, 2: 1, 4: 1}, "knn")
    assert find(home, settings, ["politics"]) == before


def test_an_editors_label_is_listed_as_such_and_one_annotator_can_be_asked_about(spoilt):
    home, settings = spoilt
    everybody = find(home, settings, ["culture"])
    say(home, "culture", {8: int(not truth_of("culture")[8])}, "editor:анна")
    doubted = find(home, settings, ["culture"])
    assert pairs(doubted) == pairs(everybody)
    assert {suspect.id for suspect in doubted.labels if suspect.annotator == "editor:анна"} == {IDS[8]}
    anna = find(home, settings, ["culture"], annotator="editor:анна")
    assert (pairs(anna), anna.examined, anna.suspected) == ([(IDS[8], "culture")], 1, 1)
    assert anna.categories == doubted.categories
    rest = find(home, settings, ["culture"], annotator="import:tiny")
    assert sorted([*pairs(rest), *pairs(anna)]) == sorted(pairs(doubted))
    again = "rubrika label-errors --category culture -n 100 --annotator 'editor:анна' --out FILE.csv"
    assert anna.next == (f"{again}, a table to check",)


def test_asking_about_one_category_gives_what_asking_about_all_gives(spoilt):
    alone, everything = find(*spoilt, only=["culture"]), find(*spoilt)
    assert alone.categories["culture"] == everything.categories["culture"]
    assert alone.labels == tuple(suspect for suspect in everything.labels if suspect.category == "culture")


def test_near_duplicates_are_in_one_fold(spoilt):
    home, settings = spoilt
    stories = [IDS[row - row % 3] for row in range(N)]
    parts = {row["id"]: row["part"] for row in Splits(home.db).all().to_pylist()}
    Splits(home.db).put(pa.table({"id": IDS, "cluster": stories, "part": [parts[name] for name in IDS]}))
    tasks = plan(home, settings, {}, ["politics"], choose=False)
    (folds,) = folds_of(tasks, settings)[0].values()
    clusters = tasks[0].data.clusters
    assert sorted(row for _, rows in folds for row in rows) == list(range(N - len(TEST)))
    assert all(not set(clusters[train]) & set(clusters[rows]) for train, rows in folds)


def test_a_table_that_nobody_filled_in_changes_nothing_and_a_checked_one_corrects(spoilt, tmp_path):
    home, settings = spoilt
    file = tmp_path / "check.csv"
    doubted = find(home, settings, n=3, file=file)
    rows = lines(file)
    assert doubted.next[1] == f"rubrika labels import {file} --annotator editor:NAME"
    assert list(rows[0]) == ["id", "source", "title", "text", "comment", "politics", "culture"]
    questions = {(row["id"], key): row[key] for row in rows for key in ("politics", "culture")}
    assert {pair for pair, cell in questions.items() if cell == "?"} == PLANTED
    assert {cell for pair, cell in questions.items() if pair not in PLANTED} == {""}
    assert "Культура: сейчас 1, вероятность единицы 0,0" in next(row for row in rows if row["culture"])["comment"]

    log = Labels(home.db).log()
    assert import_labels(home, settings, file, annotator="editor:анна").added == 0
    assert Labels(home.db).log() == log
    assert find(home, settings, n=3, file=file) == doubted  # the same again is no other table

    checked = [
        row | {key: str(int(truth_of(key)[IDS.index(row["id"])])) for key in ("politics", "culture") if row[key]}
        for row in rows
    ]
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        table = csv.DictWriter(target, rows[0])
        table.writeheader()
        table.writerows(checked)
    with pytest.raises(PipelineError, match=r"check\.csv is there already and somebody may have filled it in"):
        find(home, settings, n=3, file=file)
    assert import_labels(home, settings, file, annotator="editor:анна").added == 3
    assert not PLANTED & set(pairs(find(home, settings)))


def test_where_nothing_is_suspected_no_table_is_written(spoilt, tmp_path):
    file = tmp_path / "check.csv"
    doubted = find(*spoilt, only=["economy"], file=file)
    assert (doubted.labels, doubted.file, doubted.next) == ((), None, ())
    assert not file.exists()
    assert (doubted.categories["economy"].suspected, doubted.categories["economy"].wrong_share) == (0, 0)


def test_people_see_the_list_what_is_suspected_and_what_to_do(spoilt):
    home, settings = spoilt
    say(home, "economy", dict.fromkeys(row for row in range(N) if truth_of("economy")[row]))
    doubted = find(home, settings)
    rubrika = desk(home, settings)
    text = rubrika("label-errors", "-n", "2").out
    assert f"{IDS[16][:8]} " in text
    assert "Заметка 16 " in text
    assert "import:tiny" in text
    assert (
        "not examined, economy: no head, 0 positives outside the test and 4 are needed; label at least 4 more" in text
    )
    assert f"2 of {doubted.suspected} suspected labels; {2 * (N - len(TEST))} were examined, none of the test\n" in text
    assert text.endswith("next: rubrika label-errors -n 2 --out FILE.csv, a table to check\n")
    printed = rubrika.json("label-errors", "-n", "2")
    assert list(printed) == ["annotator", "examined", "suspected", "categories", "labels", "file", "next"]
    names = [field.name for field in dataclasses.fields(doubted.labels[0])]
    assert [list(suspect) for suspect in printed["labels"]] == [names] * 2
    assert list(printed["labels"][0]["neighbours"][0]) == ["id", "title", "label", "similarity"]


def desk(home, settings):
    """The command line over a home, under the same settings."""
    file = home.path.with_name("rubrika.toml")
    titles = "".join(
        f'[categories.{key}]\ntitle = "{category.title}"\n' for key, category in settings.categories.items()
    )
    file.write_text(f'[train]\ncandidates = ["hybrid"]\nfolds = 3\nmin_labels = 4\n{titles}', encoding="utf-8")
    return Rubrika(home.path, file)


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (("--category", "sprot"), 2, "no category 'sprot'; there are: politics, economy, culture"),
        (("--annotator", "llm:gpt"), 2, "no opinions of 'llm:gpt'; there are: import:tiny"),
        (("--annotator", "knn"), 2, "no opinions of 'knn'; there are: import:tiny"),
        (("--out", "t.xlsx"), 2, "t.xlsx: the table is a CSV; choose a name that ends in .csv"),
        (("-n", "0"), 2, "Invalid value for '-n': 0 is not in the range x>=1; see: rubrika label-errors --help"),
    ],
)
def test_what_cannot_be_done_is_one_line(spoilt, arguments, code, text):
    result = desk(*spoilt)("label-errors", *arguments)
    assert (result.code, result.err.count("\n")) == (code, 1)
    assert text in result.err


def test_without_labels_enough_it_says_what_to_label(spoilt):
    home, settings = spoilt
    for key in THREE:
        say(home, key, dict.fromkeys(row for row in range(N) if truth_of(key)[row] != (row in WRONG.get(key, ()))))
    result = desk(home, settings)("label-errors")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert result.err.startswith("rubrika: no labels can be examined; politics: no head, 0 positives outside the test")
    assert result.err.endswith("which first: rubrika suggest --category politics\n")


def test_with_nothing_embedded_it_says_what_to_run(tmp_path):
    result = Rubrika(tmp_path)("label-errors")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "nothing is embedded in" in result.err
    assert result.err.endswith("run: rubrika ingest FILE && rubrika embed\n")


def test_labels_of_one_story_alone_are_said_to_be(spoilt):
    home, settings = spoilt
    wrong = WRONG["politics"]
    positives = [row for row in range(N) if truth_of("politics")[row] != (row in wrong)]
    stories = [IDS[positives[0]] if row in positives else IDS[row] for row in range(N)]
    parts = {row["id"]: row["part"] for row in Splits(home.db).all().to_pylist()}
    Splits(home.db).put(pa.table({"id": IDS, "cluster": stories, "part": [parts[name] for name in IDS]}))
    reason = find(home, settings).categories["politics"].reason
    assert reason == "politics: all positives or all negatives are near-duplicates of one story; label other stories"
