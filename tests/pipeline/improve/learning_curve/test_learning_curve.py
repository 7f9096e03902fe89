import json
import re
from pathlib import Path

import pytest

from pipeline.improve.learning_curve.learning_curve import learning_curve
from pipeline.setup.errors import PipelineError
from tests.pipeline.support.homes import label, tiny_home, tiny_settings
from tests.pipeline.support.tiny import THREE

KEYS = ["politics", "economy", "culture", "technology", "sport"]
FEW = ("--repeats", "3")


@pytest.fixture(scope="module")
def figures(trained):
    return trained.json("learning-curve", *FEW)


def test_heads_learn_more_from_more_labels_and_beat_the_neighbours(figures):
    assert list(figures["categories"]) == KEYS
    assert figures["articles"] == 413
    assert figures["sizes"][0] == 50
    macro = figures["macro"]
    assert macro["majority"] < macro["mean"][0] < macro["mean"][-1]
    assert macro["mean"][-1] > macro["knn"]["mean"][-1]
    assert all(low <= mean <= high for low, mean, high in zip(macro["low"], macro["mean"], macro["high"], strict=True))
    assert macro["settled"] == [
        all(figures["categories"][key]["settled"][at] for key in KEYS) for at in range(len(figures["sizes"]))
    ]
    sport = figures["categories"]["sport"]
    assert (sport["title"], sport["head"]) == ("Спорт", "hybrid")
    assert sport["positives"] == sorted(sport["positives"])


def test_the_page_and_its_json_are_in_the_home(trained, figures):
    page = Path(figures["report"])
    assert page == trained.home / "reports" / "learning-curve.html"
    text = page.read_text(encoding="utf-8")
    assert "Что дадут ещё метки" in text
    assert not re.search(r"https?://|url\(|@import|<script", text)
    beside = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert {"report": figures["report"], "picture": figures["picture"], **beside} == figures
    assert Path(figures["picture"]) == page.with_suffix(".svg")
    assert Path(figures["picture"]).is_file()


def test_labels_of_the_test_part_change_nothing_and_neither_does_asking_for_one_category(copy, figures, tmp_path):
    ids = [row["id"] for row in copy.json("sql", "SELECT id FROM articles WHERE part = 'test'")]
    turned = tmp_path / "test-part.csv"
    turned.write_text("id,sport\n" + "".join(f"{article},1\n" for article in ids))
    assert copy.json("labels", "import", turned)["categories"]["sport"]["positive"] == len(ids)
    alone = copy.json("learning-curve", "--category", "sport", *FEW)
    assert alone["categories"] == {"sport": figures["categories"]["sport"]}
    assert (alone["articles"], alone["sizes"]) == (figures["articles"], figures["sizes"])


def test_people_get_a_table_why_there_is_no_forecast_and_the_path(trained, figures):
    out = trained("learning-curve", "--category", "culture", "--more", "9000", *FEW).out
    assert " 50 " in out
    assert "culture: 9000 more is further than can be told from" in out
    assert "reports/learning-curve.html" in out.replace("\n", "")


@pytest.fixture
def tiny_labels(tmp_path):
    """A tiny home that nobody has labelled yet."""
    settings = tiny_settings(tmp_path / "home", THREE)
    return tiny_home(settings), settings


def refused(home, settings, *only):
    with pytest.raises(PipelineError) as caught:
        learning_curve(home, settings, only, quiet=True)
    assert caught.value.exit_code == 1
    return str(caught.value)


def test_without_labels_or_with_too_few_it_says_what_to_do(tiny_labels):
    home, settings = tiny_labels
    line = refused(home, settings)
    assert line.startswith(f"no labels outside the test in {home.path}; bring some: rubrika labels import FILE")
    label(home, "politics")
    line = refused(home, settings, "economy")
    assert line.startswith("economy: no head, 0 positives outside the test and 4 are needed")
    assert line.endswith("the most useful first: rubrika suggest")
    line = refused(home, settings)
    assert line.startswith("45 labelled articles outside the test are too few for a curve; label more, ")


def test_an_unknown_category_and_too_few_repeats(trained):
    result = trained("learning-curve", "--category", "sprot")
    assert result.code == 2
    assert "no category 'sprot'; there are: politics, economy" in result.err
    assert trained("learning-curve", "--repeats", "2").code == 2
