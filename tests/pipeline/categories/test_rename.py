import re
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from models.bundles.manifest import Manifest
from pipeline.bundles.keys_of_now import keys_now
from pipeline.categories.add import add_category
from pipeline.categories.keys import make_category
from pipeline.categories.remove import remove_category
from pipeline.categories.rename import rename_category
from pipeline.categories.settings_file import SettingsFile
from pipeline.evaluate.evaluate import evaluate
from pipeline.setup.errors import PipelineError
from store.choices import Choices
from store.labels import Labels
from store.metrics import SCHEMA as METRICS
from store.metrics import Metrics
from store.predictions import SCHEMA as PREDICTIONS
from store.predictions import Predictions
from store.renames import Renames
from tests.pipeline.support.desks import Desk
from tests.pipeline.support.homes import label

TABLES = [Labels, Choices, Predictions, Metrics]


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    label(desk.home, "politics", "economy", "culture")
    keys = ["culture", "sport"]
    predictions = {"bundle": ["b"] * 2, "article_id": ["a"] * 2, "category": keys, "probability": [0.5] * 2}
    Predictions(desk.home.db).replace("b", pa.table(predictions | {"verdict": ["yes"] * 2}).cast(PREDICTIONS))
    figures = [{"bundle": "b", "model": "heads", "category": key, "metric": "f1", "value": 0.5} for key in keys]
    Metrics(desk.home.db).replace("b", pa.Table.from_pylist(figures, schema=METRICS))
    desk.train()
    return desk


def rename(desk, key, new=None, title=None):
    return rename_category(desk.home, desk.settings, desk.file, key, new, title)


def contents(desk):
    """All that the store keeps by category, in a comparable order."""
    tables = [table(desk.home.db).table.to_lance().to_table().to_pylist() for table in TABLES]
    return [sorted(rows, key=str) for rows in tables]


def renamed_contents(desk, old, new):
    moved = [[row | {"category": new} if row["category"] == old else row for row in rows] for rows in contents(desk)]
    return [sorted(rows, key=str) for rows in moved]


def test_a_new_key_takes_labels_head_and_history_along_and_nothing_is_trained_again(desk):
    expected, files, labels = renamed_contents(desk, "culture", "arts"), desk.head_files(), desk.labels()
    text = desk.text.replace("[categories.culture]", "[categories.arts]").replace('"Культура"', '"Искусства"')
    renamed = rename(desk, "culture", "arts", "Искусства")
    assert (renamed.key, renamed.before, renamed.title, renamed.labels) == ("arts", "culture", "Искусства", 60)
    assert contents(desk) == expected
    assert desk.labels()["arts"] == labels["culture"]
    assert desk.text == text
    assert desk.states() == {"politics": "reused", "economy": "reused", "arts": "reused"}
    assert desk.head_files() == files


def test_a_title_alone_changes_only_the_file(desk):
    before = contents(desk)
    assert rename(desk, "culture", title="Искусства").title == "Искусства"
    assert contents(desk) == before
    assert set(desk.states().values()) == {"reused"}
    assert desk.settings.categories["culture"].title == "Искусства"


@pytest.mark.parametrize("stopped", [*TABLES, SettingsFile, Renames], ids=lambda table: table.__name__)
def test_a_rename_that_was_stopped_anywhere_is_finished_by_the_same_command(desk, stopped, monkeypatch):
    expected = renamed_contents(desk, "culture", "arts")
    text = desk.text.replace("[categories.culture]", "[categories.arts]")
    last_step = {SettingsFile: "write", Renames: "finish"}.get(stopped, "rename")
    with monkeypatch.context() as patched:
        patched.setattr(stopped, last_step, stop)
        with pytest.raises(KeyboardInterrupt):
            rename(desk, "culture", "arts")
    rename(desk, "culture", "arts")
    assert contents(desk) == expected
    assert desk.text == text
    assert Renames(desk.home.db).unfinished() is None
    assert set(desk.states().values()) == {"reused"}


def test_two_categories_never_become_one_by_a_rename(desk):
    before = contents(desk)
    with refused("category 'economy' exists already («Экономика»)"):
        rename(desk, "culture", "economy")
    with refused("category 'culture' exists already"):
        rename(desk, "culture", "culture")
    remove_category(desk.home, desk.settings, desk.file, "economy")
    back = "rubrika category add economy --title TITLE && rubrika category merge culture economy"
    with refused("'economy' still has 60 labels of a category removed before; choose another key, or bring it back"):
        rename(desk, "culture", "economy")
    with refused(back):
        rename(desk, "culture", "economy")
    assert contents(desk) == before


def test_what_is_missing_is_said(desk):
    with refused("no category 'sport'; there are: politics, economy, culture"):
        rename(desk, "sport", "games")
    with refused("what shall 'culture' be called? give a new key, --title TITLE, or both"):
        rename(desk, "culture")
    with refused("title = '': String should have at least 1 character"):
        rename(desk, "culture", "arts", "")
    settings = desk.settings
    desk.file.unlink()
    with refused("no settings file"):
        rename_category(desk.home, settings, desk.file, "culture", "arts", None)
    assert Renames(desk.home.db).unfinished() is None


def test_an_older_bundle_is_understood_under_the_keys_of_now(desk):
    now = datetime.now(UTC)
    rename(desk, "culture", "arts")
    rename(desk, "politics", "culture")
    add_category(desk.home, desk.settings, desk.file, "politics", make_category(title="Политика"))
    categories = {key: {} for key in ["politics", "economy", "culture"]}
    older = Manifest.model_construct(created_at=(now - timedelta(seconds=1)).isoformat(), categories=categories)
    assert keys_now(desk.home, older) == {"politics": "culture", "economy": "economy", "culture": "arts"}
    newer = Manifest.model_construct(created_at=datetime.now(UTC).isoformat(), categories=categories)
    assert keys_now(desk.home, newer) == {key: key for key in categories}


def test_an_older_bundle_is_measured_on_the_labels_of_now(desk):
    older = desk.train().bundle
    before = evaluate(desk.home, desk.settings, older, say=print).evaluation
    rename(desk, "culture", "arts")
    desk.train()
    after = evaluate(desk.home, desk.settings, older, say=print).evaluation
    assert list(after.categories) == ["politics", "economy", "arts"]
    assert after.categories["arts"] == before.categories["culture"]
    assert [*desk.train("politics").categories] == ["politics"]
    assert list(evaluate(desk.home, desk.settings, None, say=print).evaluation.categories) == list(after.categories)


def refused(match):
    return pytest.raises(PipelineError, match=re.escape(match))


def stop(*_):
    raise KeyboardInterrupt
