"""The story that Rubrika is built for, on the bundled sample through the command line."""

import csv
import json
import tomllib

import pytest

from tests.pipeline.support.command import CONFIG, SAMPLE, Rubrika

OLD = ["politics", "economy", "culture"]
NEW = ["technology", "sport"]


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """One article of the sample as JSON lines, without its labels."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.jsonl"
    text = "Команда выиграла матч чемпионата, тренер доволен игрой и новым стадионом."
    path.write_text(json.dumps({"source": "проба", "title": "Победа в матче", "text": text}), encoding="utf-8")
    return path


@pytest.fixture
def rubrika(empty, tmp_path, monkeypatch):
    """The command with an empty home and a settings file of three categories."""
    monkeypatch.setenv("RUBRIKA_ENCODER__NAME", "navec-news")
    config = tmp_path / "rubrika.toml"
    config.write_text(CONFIG.read_text(encoding="utf-8").split("[categories.technology]")[0], encoding="utf-8")
    return Rubrika(empty.home, config)


def labels_file(folder, keys):
    """The sample's labels of some categories only."""
    path = folder / f"{'-'.join(keys)}.csv"
    with (SAMPLE / "labels.csv").open(encoding="utf-8", newline="") as source, path.open("w", newline="") as target:
        table = csv.DictWriter(target, ["id", *keys], extrasaction="ignore")
        table.writeheader()
        table.writerows(csv.DictReader(source))
    return path


def answers(rubrika, article):
    """What ``predict`` says of the article: category → its answer."""
    result = rubrika("predict", article)
    assert result.code == 0, result.err
    return json.loads(result.out)["categories"]


def head_files(rubrika):
    files = [path for path in (rubrika.home / "heads").rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_the_business_changes_its_mind_and_only_what_changed_is_trained(rubrika, article, tmp_path):
    rubrika.json("ingest", SAMPLE / "crawl.tsv")
    rubrika.json("embed")
    rubrika.json("labels", "import", labels_file(tmp_path, OLD))

    three = rubrika.json("train")
    assert {key: said["state"] for key, said in three["categories"].items()} == dict.fromkeys(OLD, "trained")
    rubrika.json("bundle", "promote", three["bundle"])
    said_by_three = answers(rubrika, article)
    assert list(said_by_three) == OLD
    files = head_files(rubrika)

    for key, category in tomllib.loads(CONFIG.read_text(encoding="utf-8"))["categories"].items():
        if key in NEW:
            words = ["--title", category["title"], "--description", category["description"]]
            assert rubrika.json("category", "add", key, *words)["positives"] == 0
    assert rubrika.config.read_text(encoding="utf-8") == CONFIG.read_text(encoding="utf-8")
    waiting = rubrika.json("category", "list")["categories"]
    assert {key: said["head"] for key, said in waiting.items()} == dict.fromkeys(OLD, "trained") | dict.fromkeys(
        NEW, "none"
    )

    imported = rubrika.json("labels", "import", labels_file(tmp_path, NEW))
    assert list(imported["categories"]) == NEW
    five = rubrika.json("train")
    states = {key: said["state"] for key, said in five["categories"].items()}
    assert states == dict.fromkeys(OLD, "reused") | dict.fromkeys(NEW, "trained")
    assert files.items() <= head_files(rubrika).items()
    assert answers(rubrika, article) == said_by_three

    figures = rubrika.json("evaluate")
    assert figures["bundle"] == five["bundle"]
    assert list(figures["categories"]) == [*OLD, *NEW]
    assert all(
        said["average_precision"] > said["positives"] / figures["articles"] for said in figures["categories"].values()
    )

    assert rubrika.json("bundle", "promote", five["bundle"])["bundle"] == five["bundle"]
    said_by_five = answers(rubrika, article)
    assert list(said_by_five) == [*OLD, *NEW]
    assert {key: said_by_five[key] for key in OLD} == said_by_three
    assert said_by_five["sport"]["verdict"] == "yes"

    assert rubrika.json("bundle", "rollback")["bundle"] == three["bundle"]
    assert answers(rubrika, article) == said_by_three
    rubrika.json("bundle", "promote", five["bundle"])
    assert answers(rubrika, article) == said_by_five
