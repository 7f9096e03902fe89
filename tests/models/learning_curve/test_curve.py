import numpy as np
import pytest

from models.learning_curve.curve import SHARE, Curve, mean_curve, over_repeats, stacked

SIZES = np.array([50.0, 100.0])


def repeat(head, prevalence=0.2, fitted=(True, True)):
    knn, positives = np.array([[0.3, 0.4]]), np.array([[4, 9]])
    return Curve(SIZES, np.array([head]), knn, np.array([prevalence]), np.array([fitted]), positives)


def test_the_interval_is_wider_than_that_of_independent_repeats():
    three = over_repeats(np.array([0.8, 0.9, 1.0]))
    assert three.value == pytest.approx(0.9)
    # t of 2 degrees 4.303, deviation 0.1, variance of the mean (1/3 + 0.25/0.75)
    assert three.high - three.value == pytest.approx(4.3027 * 0.1 * np.sqrt(2 / 3), rel=1e-4)
    assert over_repeats(np.array([0.8, 0.9, 1.0]), within=SHARE).high == 1.0


def test_another_error_is_added_and_the_middle_may_be_given():
    widened = over_repeats(np.array([0.5, 0.5]), 0.6, besides=0.05)
    assert (widened.value, widened.low, widened.high) == pytest.approx((0.6, 0.55, 0.65))


def test_of_one_repeat_there_is_no_interval():
    assert over_repeats(np.array([0.7, np.nan])).value == 0.7
    assert np.isnan(over_repeats(np.array([0.7, np.nan])).low)
    assert np.isnan(over_repeats(np.array([np.nan])).value)


def test_a_curve_has_its_interval_at_every_size_and_a_head_where_every_repeat_has_one():
    sport = stacked([repeat([0.2, 0.9], fitted=(False, True)), repeat([0.7, 0.8])])
    assert sport.head.tolist() == [[0.2, 0.9], [0.7, 0.8]]
    assert [point.value for point in sport.of_head] == pytest.approx([0.45, 0.85])
    assert [point.value for point in sport.of_knn] == pytest.approx([0.3, 0.4])
    assert sport.of_head[1].high == 1.0  # an average precision is not above
    assert sport.majority == pytest.approx(0.2)
    assert sport.settled.tolist() == [False, True]


def test_the_mean_is_over_the_same_categories_at_every_size():
    sport = stacked([repeat([0.2, 0.9], fitted=(False, True)), repeat([0.7, 0.8])])
    chess = stacked([repeat([np.nan, np.nan], np.nan), repeat([0.1, 0.4], 0.1)])
    mean = mean_curve([sport, chess])
    assert mean.head.ravel() == pytest.approx([0.2, 0.9, 0.4, 0.6])
    assert mean.prevalence == pytest.approx([0.2, 0.15])
    assert mean.settled.tolist() == [False, True]
    assert mean.positives.tolist() == [[8, 18]] * 2


def test_a_repeat_that_measured_nothing_stays_unknown():
    nothing = stacked([repeat([np.nan, np.nan], np.nan)] * 2)
    assert np.isnan(mean_curve([nothing, nothing]).head).all()
