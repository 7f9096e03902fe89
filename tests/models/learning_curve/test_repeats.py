import numpy as np
import pytest

from models.learning_curve.points import Points
from models.learning_curve.repeats import category_curve, interval, macro_curve, precision_interval

SIZES = [50, 100]


def points(head, prevalence=0.2, fitted=(True, True)):
    return Points(np.array(head), np.array([0.3, 0.4]), prevalence, np.array(fitted), np.array([4, 9]))


def test_the_interval_is_wider_than_that_of_independent_repeats():
    said = interval(np.array([0.8, 0.9, 1.0]))
    assert said.value == pytest.approx(0.9)
    # t of 2 degrees 4.303, deviation 0.1, variance of the mean (1/3 + 0.25/0.75)
    assert said.high - said.value == pytest.approx(4.3027 * 0.1 * np.sqrt(2 / 3), rel=1e-4)
    assert precision_interval(np.array([0.8, 0.9, 1.0])).high == 1.0


def test_another_error_is_added_and_the_middle_may_be_given():
    said = interval(np.array([0.5, 0.5]), 0.6, besides=0.05)
    assert (said.value, said.low, said.high) == pytest.approx((0.6, 0.55, 0.65))


def test_of_one_repeat_there_is_no_interval():
    assert interval(np.array([0.7, np.nan])).value == 0.7
    assert np.isnan(interval(np.array([0.7, np.nan])).low)
    assert np.isnan(interval(np.array([np.nan])).value)


def test_the_mean_is_over_the_same_categories_at_every_size():
    sport = category_curve(SIZES, [points([0.2, 0.9], fitted=(False, True)), points([0.7, 0.8])])
    chess = category_curve(SIZES, [points([np.nan, np.nan], np.nan), points([0.1, 0.4], 0.1)])
    macro = macro_curve([sport, chess])
    assert macro.head.ravel() == pytest.approx([0.2, 0.9, 0.4, 0.6])
    assert macro.prevalence == pytest.approx([0.2, 0.15])
    assert macro.settled.tolist() == [False, True]
    assert macro.positives.tolist() == [8, 18]


def test_a_repeat_that_measured_nothing_stays_unknown():
    nothing = category_curve(SIZES, [points([np.nan, np.nan], np.nan)] * 2)
    assert np.isnan(macro_curve([nothing, nothing]).head).all()
