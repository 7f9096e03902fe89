import numpy as np
import pytest

from models.evaluation.answers import Answers, measure
from models.evaluation.exact import Whole, share_bounds

STORIES = [f"story {row}" for row in range(15)]


@pytest.mark.parametrize("stories", [1, 11, 300])
def test_the_bound_is_that_of_clopper_and_pearson(stories):
    assert share_bounds(stories, stories) == (pytest.approx(0.025 ** (1 / stories), abs=1e-9), 1)
    assert share_bounds(0, stories) == (0, pytest.approx(1 - 0.025 ** (1 / stories), abs=1e-9))


def test_only_a_share_of_all_or_none_has_an_exact_interval():
    whole = Whole(np.ones(15, bool))
    assert whole.bounds(0.5, STORIES) is None
    assert whole.bounds(1, STORIES) == (pytest.approx(0.782, abs=1e-3), 1)
    assert whole.bounds(0, STORIES) == (0, pytest.approx(0.218, abs=1e-3))
    assert Whole(np.zeros(15, bool)).bounds(1, STORIES) is None
    assert Whole(np.ones(15, bool)).bounds(float("nan"), STORIES) is None


def test_reprints_of_a_story_are_one():
    assert Whole(np.ones(15, bool)).bounds(1, ["one"] * 15) == (pytest.approx(0.025), 1)


@pytest.mark.parametrize("value", [0, 1])
def test_f1_follows_from_the_share_of_articles_in_both_among_those_in_any(value):
    jaccard = Whole(np.ones(15, bool)).bounds(value, STORIES)
    f1 = Whole(np.ones(15, bool), f1=True).bounds(value, STORIES)
    assert f1 == pytest.approx([2 * share / (1 + share) for share in jaccard])


def test_a_perfect_score_on_few_articles_is_not_certain():
    truth = np.tile([[1.0], [0.0], [0.0]], (10, 1))
    answers = {"heads": Answers(truth * 0.8 + 0.1, np.where(truth == 1, "yes", "no"), np.array([0.5]))}
    figures = measure(["sport"], truth, answers, [str(row) for row in range(30)], 50)["heads"]
    for name in ("sport.precision", "sport.recall", "micro.precision"):
        assert figures[name].interval.low == pytest.approx(share_bounds(10, 10)[0])
    assert 0.7 < figures["sport.f1"].interval.low < 1
    assert figures["subset_accuracy"].interval.low == pytest.approx(share_bounds(30, 30)[0])
    assert figures["hamming_loss"].interval.high == pytest.approx(1 - share_bounds(30, 30)[0])
