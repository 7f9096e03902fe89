import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.metrics import f1_score

from models.thresholds import (
    NEVER,
    best_f1_threshold,
    decide,
    expected_f1_threshold,
    precise_threshold,
    steady_f1_threshold,
)

scored = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=2, max_size=60).filter(
    lambda rows: len({truth for _, truth in rows}) == 2
)


def arrays(rows):
    return np.array([score / 20 for score, _ in rows]), np.array([truth for _, truth in rows])


@given(scored)
def test_no_other_cut_has_a_better_f1(rows):
    probability, truth = arrays(rows)
    best = f1_score(truth, probability >= best_f1_threshold(probability, truth))
    assert best >= max(f1_score(truth, probability >= cut, zero_division=0) for cut in np.unique(probability)) - 1e-12


@given(scored, st.floats(0.5, 0.99))
def test_yes_is_right_as_often_as_promised_or_never_said(rows, precision):
    probability, truth = arrays(rows)
    cut = precise_threshold(probability, truth, precision)
    is_yes = probability >= cut
    assert truth[is_yes].mean() >= precision if cut != NEVER else not is_yes.any()


@given(scored, st.floats(0.5, 0.99))
def test_the_band_keeps_both_promises(rows, precision):
    probability, truth = arrays(rows)
    decision = decide(probability, truth, "band", precision)
    verdicts = decision.verdicts(probability)
    assert decision.no <= decision.yes
    for verdict, right in (("yes", truth), ("no", ~truth)):
        if (verdicts == verdict).any():
            assert right[verdicts == verdict].mean() >= precision - 1e-12


def test_where_both_promises_are_kept_without_people_the_cut_is_that_of_the_best_f1():
    generator = np.random.default_rng(0)
    truth = np.arange(400) < 100
    probability = expit(np.where(truth, 3, -3) + generator.normal(scale=1.5, size=400))
    decision = decide(probability, truth, "band", 0.8)
    assert decision.yes == decision.no
    assert precise_threshold(probability, truth, 0.8) < decision.yes
    assert decision.yes == pytest.approx(steady_f1_threshold(probability, truth), abs=0.02)


@pytest.mark.parametrize("policy", ["best-f1", "precision"])
def test_one_threshold_never_asks(policy):
    probability, truth = np.array([0.1, 0.4, 0.6, 0.9]), np.array([False, False, True, True])
    assert set(decide(probability, truth, policy, 0.9).verdicts(probability)) == {"yes", "no"}


def test_the_steady_cut_lies_between_the_found_and_the_expected_one():
    generator = np.random.default_rng(0)
    probability = generator.random(400) ** 2
    truth = generator.random(400) < probability
    cuts = best_f1_threshold(probability, truth), expected_f1_threshold(probability)
    assert min(cuts) <= steady_f1_threshold(probability, truth) <= max(cuts)


def test_expected_f1_of_sure_probabilities_is_that_of_the_labels():
    truth = np.arange(50) < 20
    assert expected_f1_threshold(np.where(truth, 0.999, 0.001)) == 0.999
