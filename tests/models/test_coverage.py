import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from models.calibration import Platt
from models.coverage import coverage, lowest_cut, promised_labels, wilson_low
from models.propagation import FoldCheck, Spread, Vote


def evidence(generator, n, skill):
    """Labels and calibrated-looking probabilities that know something of them."""
    truth = generator.random(n) < 0.4
    return truth, np.clip(truth * skill + generator.random(n) * (1 - skill), 0, 1).round(2)


def made_spread(generator, n, skill, parts=4):
    """A spread over so many articles, each part measured by a vote that was chosen on others."""
    truth, held_out = evidence(generator, n, skill)
    checks = []
    for part in range(parts):
        out = np.arange(n) % parts == part
        checks.append(FoldCheck(Vote(3, Platt(1, 0), truth[~out], held_out[~out]), truth[out], held_out[out]))
    return Spread(Vote(3, Platt(1, 0), truth, held_out), tuple(checks), 0.5)


@settings(max_examples=80)
@given(
    seed=st.integers(0, 10_000), promise=st.floats(0.3, 0.99), n=st.integers(5, 300), unlabelled=st.integers(0, 40),
    skill=st.floats(0, 1),
)  # fmt: skip
def test_what_is_added_keeps_the_promise_on_articles_that_did_not_choose_the_cut(seed, promise, n, unlabelled, skill):
    generator = np.random.default_rng(seed)
    probability = generator.random(unlabelled).round(2)
    covered = coverage(made_spread(generator, n, skill), probability, promise)
    value = promised_labels(probability, covered)
    for label, number in (("yes", 1), ("no", 0)):
        of_label = covered[label]
        assert of_label.adds == (value == number).sum()
        if of_label.cut is None:
            assert of_label.adds == 0
        else:
            assert of_label.precision.low <= of_label.precision.value <= of_label.precision.high
            assert of_label.precision.value >= promise


@settings(max_examples=80)
@given(seed=st.integers(0, 10_000), promise=st.floats(0.3, 0.99), skill=st.floats(0, 1))
def test_no_label_is_given_against_its_own_probability(seed, promise, skill):
    generator = np.random.default_rng(seed)
    probability = np.append(generator.random(50), 0.5)
    value = promised_labels(probability, coverage(made_spread(generator, 200, skill), probability, promise))
    assert (probability[value == 1] > 0.5).all()
    assert (probability[value == 0] < 0.5).all()


def test_a_cut_that_keeps_a_promise_by_luck_only_is_none():
    confidence = np.linspace(1, 0.6, 10)
    assert np.isinf(lowest_cut(confidence, np.ones(10, dtype=bool), 0.95))  # ten of ten may be luck
    assert lowest_cut(np.linspace(1, 0.6, 100), np.ones(100, dtype=bool), 0.95) == pytest.approx(0.6)


def test_noise_does_not_look_better_than_it_is():
    """Cuts chosen and measured on the same articles would."""
    generator, promise = np.random.default_rng(0), 0.6
    precisions = [coverage(made_spread(generator, 60, 0.0), np.empty(0), promise)["no"].precision for _ in range(200)]
    values = [precision.value for precision in precisions if precision]
    assert len(values) > 50
    assert np.mean(values) < 0.62  # 60 % of the labels are no


@pytest.mark.parametrize(("right", "size"), [(0, 5), (3, 7), (95, 100), (40, 40)])
def test_the_lower_bound_is_wilson_s(right, size):
    expected = binomtest(right, size).proportion_ci(confidence_level=0.9, method="wilson").low
    assert wilson_low(np.array([right / size]), np.array([size]))[0] == pytest.approx(expected, abs=1e-4)


def test_a_promise_that_nothing_keeps_adds_nothing():
    truth, held_out = np.array([False, True, True] * 4), np.array([0.9, 0.9, 0.1] * 4)
    vote = Vote(3, Platt(1, 0), truth, held_out)
    covered = coverage(Spread(vote, (FoldCheck(vote, truth, held_out),), 0.5), np.array([1.0, 0.0]), 0.95)
    assert promised_labels(np.array([1.0, 0.0]), covered).tolist() == [-1, -1]
