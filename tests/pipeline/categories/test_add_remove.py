import re

import pytest

from pipeline.categories.add import add_category
from pipeline.categories.keys import make_category
from pipeline.categories.list import list_categories
from pipeline.categories.remove import remove_category
from pipeline.setup.errors import PipelineError
from tests.pipeline.support.desks import Desk
from tests.pipeline.support.homes import label, truth_of


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    label(desk.home, "politics", "economy", "culture")
    return desk


def add(desk, key, **fields):
    return add_category(desk.home, desk.settings, desk.file, key, make_category(**({"title": "Новая"} | fields)))


def remove(desk, key):
    return remove_category(desk.home, desk.settings, desk.file, key)


def refused(match):
    return pytest.raises(PipelineError, match=re.escape(match))


def test_a_new_category_is_trained_alone_and_the_other_files_are_not_touched(desk):
    assert set(desk.states().values()) == {"trained"}
    before = desk.head_files()
    added = add(desk, "sport", title="Спорт", description="Матчи.")
    assert (added.positives, added.negatives) == (0, 0)
    assert added.next == (
        "rubrika annotate --category sport",
        "rubrika labels import FILE --category sport",
        "rubrika train",
    )
    assert desk.states()["sport"] == "skipped"
    label(desk.home, "sport")
    reused = dict.fromkeys(["politics", "economy", "culture"], "reused")
    assert desk.states() == reused | {"sport": "trained"}
    assert before.items() <= desk.head_files().items()


def test_a_removed_category_costs_nothing_when_it_comes_back(desk):
    desk.train()
    before, text = desk.head_files(), desk.text
    removed = remove(desk, "culture")
    assert removed.labels == 60
    assert removed.again == "rubrika category add culture --title 'Культура'"
    assert desk.states() == {"politics": "reused", "economy": "reused"}
    added = add(desk, "culture", title="Культура")
    positives = int(truth_of("culture").sum())
    assert (added.positives, added.negatives, added.next) == (positives, 60 - positives, ("rubrika train",))
    assert set(desk.states().values()) == {"reused"}
    assert desk.head_files() == before
    assert desk.text.replace("\n\n", "\n") == text.replace("  # culture since 2020", "").replace("\n\n", "\n")


def test_the_command_that_brings_a_category_back_holds_all_of_its_settings(desk):
    add(desk, "law", title="Право и суд", description="Суды.", policy="precision", precision=0.95)
    again = remove(desk, "law").again
    assert again.startswith("rubrika category add law --title 'Право и суд' --description 'Суды.' ")
    assert again.endswith(" --policy precision --precision 0.95")


def test_the_list_tells_labels_and_what_training_would_find(desk):
    desk.train("politics", "economy")
    desk.say("economy", {1: 0})
    states = list_categories(desk.home, desk.settings).categories
    assert {key: state.head for key, state in states.items()} == {
        "politics": "trained",
        "economy": "outdated",
        "culture": "none",
    }
    politics = states["politics"]
    assert (politics.title, politics.positives + politics.negatives, politics.unknown) == ("Политика", 60, 0)
    label(desk.home, "politics", annotator="editor:anna")
    assert list_categories(desk.home, desk.settings).categories["politics"].head == "trained"


def test_keys_are_checked_before_anything_is_written(desk):
    text = desk.text
    with refused("category 'politics' exists already («Политика»); to change its title: rubrika category rename polit"):
        add(desk, "politics")
    for key in ("Sport", "спорт", "1st", "", "a" * 42, "a b", "sport\n", "a-b"):
        with refused(f"{key!r} cannot be a category key; use small Latin letters, digits and _"):
            add(desk, key)
    for key in ("title", "content", "macro", "article_id", "generation"):
        with refused(f"category key {key!r} is the name of another column; try: {key}_news"):
            add(desk, key)
    with refused("title = '': String should have at least 1 character"):
        add(desk, "sport", title="")
    with refused("policy = 'best': Input should be 'best-f1', 'precision' or 'band'"):
        add(desk, "sport", policy="best")
    with refused("no category 'sport'; there are: politics, economy, culture"):
        remove(desk, "sport")
    assert desk.text == text


@pytest.mark.parametrize("key", ["categories", "answer", "none", "yes"])
def test_a_key_that_a_language_model_answers_with_is_refused(desk, key):
    with refused(f"category key {key!r} is a reserved word: a language model answers with it; try: {key}_news"):
        add(desk, key)


@pytest.mark.parametrize("title", ["Категории", "ОТВЕТ", "нет"])
def test_a_title_that_a_language_model_answers_with_is_refused(desk, title):
    with refused(f"category title «{title}» is a reserved word: a language model answers with it; say more, like: «"):
        add(desk, "sport", title=title)
