import pytest

from models.bundles.manifest import Manifest
from models.errors import ModelError
from pipeline.bundles.open_bundle import open_bundle, open_manifest
from pipeline.evaluate.evaluate import evaluate
from pipeline.train.train import train
from store.renames import Renames
from tests.pipeline.support.homes import WORDS, label, tiny_home, tiny_settings


@pytest.fixture
def home(tmp_path):
    settings = tiny_settings(tmp_path, ["politics", "sport"])
    own = settings.categories["sport"].model_copy(update={"precision": 0.7})
    settings = settings.model_copy(update={"categories": {**settings.categories, "sport": own}})
    made = tiny_home(settings)
    label(made, "politics", "sport")
    train(made, settings, say=lambda line: None)
    return made, settings


def test_a_bundle_is_opened_by_any_name_a_person_gives_it(home):
    made, _ = home
    name = open_bundle(made, "newest").id
    assert {open_bundle(made, given).id for given in (name, name[:4], "current")} == {name}
    with pytest.raises(ModelError, match=f"no bundle 'ffffffff'; there are: {name}"):
        open_bundle(made, "ffffffff")


def test_a_bundle_with_a_damaged_file_is_not_opened_and_its_manifest_is(home):
    made, _ = home
    manifest = open_manifest(made, "newest")
    (made.path / next(path for path in manifest.files if path.endswith("/head.json"))).write_bytes(b"{}")
    with pytest.raises(ModelError, match=r"head\.json is damaged \(SHA-256 differs\)"):
        open_bundle(made, "newest")
    assert open_manifest(made, "newest") == manifest


def test_a_category_promises_its_own_precision_else_the_common_one(home):
    made, settings = home
    assert open_bundle(made, "newest").promised == {"politics": 0.9, "sport": 0.7}
    evaluation = evaluate(made, settings, None, say=lambda line: None).evaluation
    categories = evaluation.newsroom.categories
    assert {key: category.promised for key, category in categories.items()} == {"politics": 0.9, "sport": 0.7}
    page = evaluation.report.read_text(encoding="utf-8")
    assert "от 70\u00a0% до 90\u00a0%" in page
    assert f"{WORDS['sport'][0]} <small>обещано 70\u00a0%" in page


def test_a_renamed_category_keeps_its_head_its_title_its_promise_and_its_file(home):
    made, _ = home
    before = open_bundle(made, "newest")
    Renames(made.db).begin("sport", "games")
    Renames(made.db).finish()
    after = open_bundle(made, "newest")
    assert after.promised == {"politics": 0.9, "games": 0.7}
    assert list(after.heads) == list(after.titles) == ["politics", "games"]
    assert after.titles["games"] == before.titles["sport"]
    assert after.manifest.to_json() == before.manifest.to_json() == open_manifest(made, "newest").to_json()


def test_a_bundle_that_does_not_say_promises_the_common_precision(home):
    made, _ = home
    facts = open_manifest(made, "newest").to_json()
    settings = {key: value for key, value in facts["settings"].items() if key != "policies"}
    assert Manifest.of({**facts, "settings": settings}).promised == {"politics": 0.9, "sport": 0.9}
