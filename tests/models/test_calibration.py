import numpy as np
import pytest

from models.calibration import Platt, fit_platt, log_loss


def test_probabilities_are_right_as_often_as_they_say():
    generator = np.random.default_rng(0)
    scores = generator.normal(size=20_000) * 3
    truth = generator.random(20_000) < Platt(0.7, -1.0).probability(scores)
    fitted = fit_platt(scores, truth)
    assert fitted.slope == pytest.approx(0.7, abs=0.05)
    assert fitted.intercept == pytest.approx(-1.0, abs=0.05)


def test_separable_scores_keep_a_finite_slope():
    fitted = fit_platt(np.array([-2.0, -1.0, 1.0, 2.0]), np.array([False, False, True, True]))
    assert 0 < fitted.slope < 100
    assert 0.5 < fitted.probability(np.array([2.0]))[0] < 1


def test_scores_that_point_the_wrong_way_do_not_turn_the_order_around():
    fitted = fit_platt(np.array([-2.0, -1.0, 1.0, 2.0]), np.array([True, True, False, False]))
    probability = fitted.probability(np.array([-1.0, 1.0]))
    assert probability[1] >= probability[0]


def test_log_loss_of_a_coin_is_ln_2():
    assert log_loss(np.full(4, 0.5), np.array([True, False, True, False])) == pytest.approx(np.log(2))


def test_a_score_and_its_probability_are_each_others():
    platt = Platt(1.7, -0.4)
    for probability in (0.01, 0.5, 0.93):
        assert platt.probability(np.array([platt.score(probability)])) == pytest.approx([probability])
