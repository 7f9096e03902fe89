import pytest

from models.bundles.load import load_bundle
from models.bundles.names import find_bundle
from pipeline.bundles.keys_of_now import under_keys_of_now
from pipeline.bundles.promises import promised
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


def test_a_category_promises_its_own_precision_else_the_common_one(home):
    made, settings = home
    assert promised(load_bundle(made.path, find_bundle(made.path, "newest")).manifest) == {
        "politics": 0.9,
        "sport": 0.7,
    }
    evaluation = evaluate(made, settings, None, say=lambda line: None).evaluation
    promises = {key: gain.promised for key, gain in evaluation.newsroom.categories.items()}
    assert promises == {"politics": 0.9, "sport": 0.7}
    page = evaluation.report.read_text(encoding="utf-8")
    assert "от 70\u00a0% до 90\u00a0%" in page
    assert f"{WORDS['sport'][0]} <small>обещано 70\u00a0%" in page


def test_a_renamed_category_keeps_its_promise(home):
    made, _ = home
    bundle = load_bundle(made.path, find_bundle(made.path, "newest"))
    Renames(made.db).begin("sport", "games")
    Renames(made.db).finish()
    assert promised(under_keys_of_now(made, bundle).manifest) == {"politics": 0.9, "games": 0.7}


def test_a_bundle_that_does_not_say_promises_the_common_precision(home):
    made, _ = home
    manifest = load_bundle(made.path, find_bundle(made.path, "newest")).manifest
    settings = {key: value for key, value in manifest["settings"].items() if key != "policies"}
    assert promised({**manifest, "settings": settings}) == {"politics": 0.9, "sport": 0.9}
