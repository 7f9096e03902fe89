import json

import numpy as np
import pytest

from models.bundles.names import newest_name
from models.evaluation.paired import McNemar, PairedDifference
from models.evaluation.registry import NAMES
from pipeline.evaluate.evaluate import evaluate
from pipeline.setup.errors import PipelineError
from pipeline.show.json_values import json_values
from pipeline.train.train import train
from tests.pipeline.support.homes import label, tiny_settings
from tests.pipeline.support.tiny import THREE, quiet


@pytest.fixture
def two(tiny):
    """A home with an earlier bundle and a newer one that has another category and a relabelled one."""
    home, _settings = tiny
    earlier = newest_name(home.path)
    later = tiny_settings(home.path, [*THREE[:2], "sport"])
    label(home, "sport")
    label(home, "politics", wrong=range(0, 60, 4), annotator="editor:Анна")
    train(home, later, say=quiet)
    return home, later, earlier


@pytest.fixture
def compared(two):
    home, settings, earlier = two
    return evaluate(home, settings, None, earlier[:6], say=quiet).evaluation


def test_both_bundles_are_measured_on_the_same_articles(two, compared):
    changes = compared.compare
    assert changes.bundle == two[2]
    assert set(changes.categories) == set(THREE[:2])
    assert (changes.added, changes.removed) == (("Спорт",), ("Культура",))
    for key, change in changes.categories.items():
        assert set(change.gaps) == set(NAMES)
        for name, gap in change.gaps.items():
            assert gap.after.value == pytest.approx(compared.figures(key)[name].value)
            assert gap.difference.value == pytest.approx(gap.after.value - gap.before.value)


def test_the_same_head_differs_nowhere(compared):
    change = compared.compare.categories["economy"]
    assert change.gaps["average_precision"].difference == PairedDifference(0.0, 0.0, 0.0, 1.0)
    assert (change.flipped, change.flips) == (0, ())
    assert change.mcnemar == McNemar(0, 0, 1.0)


def test_verdicts_that_flip_are_counted_and_shown(compared):
    change = compared.compare.categories["politics"]
    assert change.flipped == change.mcnemar.only_first + change.mcnemar.only_second > 0
    assert 0 < len(change.flips) <= 6
    for flip in change.flips:
        assert flip.before != flip.after
        assert flip.title.startswith("Заметка")
        assert flip.source == "тест"
        assert len(flip.id) > 12
        assert 0 < flip.probability_before != flip.probability_after < 1


def test_the_macro_difference_is_over_the_categories_that_both_have(compared):
    changes = compared.compare
    differences = [change.gaps["f1"].difference.value for change in changes.categories.values()]
    assert changes.macro["f1"].difference.value == pytest.approx(np.mean(differences))


def test_the_page_shows_it_and_an_evaluation_without_it_is_another(two, compared):
    home, settings, earlier = two
    page = compared.report.read_text(encoding="utf-8")
    assert "Что изменилось" in page
    assert f"--compare {earlier}" in page
    again = evaluate(home, settings, None, earlier, say=quiet)
    assert not again.fresh
    assert json_values(again.evaluation.model_dump()) == json_values(compared.model_dump())
    alone = evaluate(home, settings, None, "none", say=quiet)
    assert alone.fresh
    assert alone.evaluation.compare is None
    assert "Что изменилось" not in compared.report.read_text(encoding="utf-8")


def test_in_json_the_gaps_of_a_category_stand_beside_its_other_keys(two, compared):
    beside = json.loads(compared.report.with_suffix(".json").read_bytes())["compare"]
    assert set(beside) == {"bundle", "categories", "macro", "added", "removed"}
    assert set(beside["categories"]["politics"]) == {*NAMES, "title", "mcnemar", "flipped", "flips"}
    assert set(beside["macro"]["f1"]) == {"before", "after", "difference"}


def test_a_bundle_is_not_compared_with_itself(two):
    home, settings, _ = two
    with pytest.raises(PipelineError, match="is the one evaluated; compare with another: rubrika bundle list") as error:
        evaluate(home, settings, "newest", "newest", say=quiet)
    assert error.value.exit_code == 2


def test_a_bundle_with_other_categories_is_not_compared(two):
    home, _, earlier = two
    other = tiny_settings(home.path, ["sport"])
    train(home, other, say=quiet)
    with pytest.raises(PipelineError, match=f"bundle {earlier} has none of these categories, it has politics, econ"):
        evaluate(home, other, None, earlier, say=quiet)


def test_people_get_a_table_of_it(two, capsys):
    from pipeline.evaluate.show import print_evaluated

    home, settings, earlier = two
    print_evaluated(evaluate(home, settings, None, earlier, say=quiet), as_json=False)
    out = capsys.readouterr().out
    for word in (f"vs {earlier}", "other verdicts", "added: Спорт", "removed: Культура"):
        assert word in out
