import json

import pytest

from models.bundles.names import CURRENT_FILE, newest_name
from models.files import write_atomically
from pipeline.evaluate.evaluate import evaluate
from pipeline.train.train import train
from store.predictions import Predictions
from tests.pipeline.support.homes import label, tiny_settings
from tests.pipeline.support.tiny import THREE, quiet


@pytest.fixture
def three(tiny):
    """A home with three bundles of the same categories, oldest first, of which none serves."""
    home, settings = tiny
    names = [newest_name(home.path)]
    for wrong in (range(0, 60, 4), range(1, 60, 4)):
        label(home, "politics", wrong=wrong, annotator="editor:Анна")
        names.append(train(home, settings, say=quiet).bundle)
    (home.path / "bundles" / CURRENT_FILE).unlink()
    return home, settings, names


def serve(home, name):
    write_atomically(home.path / "bundles" / CURRENT_FILE, name + "\n")


def compared(home, settings, name=None, compare=None, say=quiet):
    changes = evaluate(home, settings, name, compare, say=say).evaluation.compare
    return changes and changes.bundle


def manifest_of(home, name):
    return home.path / "bundles" / name / "manifest.json"


def edit(path, **changes):
    path.write_text(json.dumps(json.loads(path.read_bytes()) | changes), encoding="utf-8")


def test_the_bundle_that_serves_is_the_one_compared_with(three):
    home, settings, names = three
    serve(home, names[0])
    assert compared(home, settings) == names[0]


def test_where_the_evaluated_one_serves_or_none_does_the_newest_older_one_is_taken(three):
    home, settings, names = three
    assert compared(home, settings) == names[1]
    serve(home, names[2])
    assert compared(home, settings) == names[1]
    assert compared(home, settings, names[1]) == names[2]


def test_without_another_or_when_asked_for_none_there_is_no_comparison(three):
    home, settings, names = three
    assert compared(home, settings, names[0]) is None
    assert compared(home, settings, None, "none") is None
    page = (home.path / "reports" / f"{names[2]}.html").read_text(encoding="utf-8")
    assert "Что изменилось" not in page
    assert f"rubrika evaluate --bundle {names[2]} --compare none" in page


def test_a_bundle_of_another_encoder_or_of_other_categories_is_passed_over(three):
    home, settings, names = three
    path = manifest_of(home, names[1])
    categories = json.loads(path.read_bytes())["categories"]
    edit(path, views={"dense": "another", "lexical": 1})
    assert compared(home, settings) == names[0]
    edit(manifest_of(home, names[0]), categories={"sport": categories["politics"]})
    assert compared(home, settings) is None


def test_a_damaged_bundle_is_passed_over_and_named(three):
    home, settings, names = three
    manifest = json.loads(manifest_of(home, names[1]).read_bytes())
    (home.path / "heads" / manifest["categories"]["politics"]["fingerprint"] / "head.json").write_text("{}")
    lines = []
    assert compared(home, settings, say=lines.append) == names[0]
    assert any(line.startswith(f"not compared with bundle {names[1]}: ") and "is damaged" in line for line in lines)


def test_the_same_command_finds_its_evaluation_until_another_bundle_serves(three):
    home, settings, names = three
    assert evaluate(home, settings, None, say=quiet).fresh
    assert not evaluate(home, settings, None, say=quiet).fresh
    serve(home, names[0])
    assert evaluate(home, settings, None, say=quiet).fresh
    assert not evaluate(home, settings, None, say=quiet).fresh


def test_another_zone_of_days_is_another_evaluation(tiny):
    home, settings = tiny
    assert evaluate(home, settings, None, say=quiet).fresh
    elsewhere = tiny_settings(home.path, THREE, ingest={"timezone": "Asia/Tokyo"})
    assert evaluate(home, elsewhere, None, say=quiet).fresh


def test_an_evaluation_from_before_a_metric_was_added_is_made_again(tiny):
    home, settings = tiny
    report = evaluate(home, settings, None, say=quiet).evaluation.report.with_suffix(".json")
    macro = json.loads(report.read_bytes())["macro"]
    edit(report, macro={name: value for name, value in macro.items() if name != "ece"})
    assert evaluate(home, settings, None, say=quiet).fresh
    assert json.loads(report.read_bytes())["macro"] == macro
    assert not evaluate(home, settings, None, say=quiet).fresh


def test_articles_that_came_later_are_predicted_though_the_evaluation_is_known(tiny):
    home, settings = tiny
    bundle = evaluate(home, settings, None, say=quiet).evaluation.bundle
    kept = Predictions(home.db)
    ids = kept.article_ids(bundle).to_pylist()
    before = sorted(kept.table.to_arrow().to_pylist(), key=str)
    kept.table.delete(f"article_id IN ('{ids[0]}', '{ids[7]}')")
    lines = []
    assert not evaluate(home, settings, None, say=lines.append).fresh
    assert lines == ["predictions written for 2 articles that are new since the last evaluation"]
    assert sorted(Predictions(home.db).table.to_arrow().to_pylist(), key=str) == before
