import numpy as np
import pytest

from pipeline.report.newsroom import newsroom_gain

NAN = float("nan")
TITLES = ["Политика", "Спорт"]


def gain_of(truth, verdicts, repeated=1):
    """What the newsroom gains from some articles, each so many times over, all different stories."""
    truth, verdicts = np.repeat(truth, repeated, axis=0), np.repeat(verdicts, repeated, axis=0)
    return newsroom_gain(TITLES, truth, verdicts, 0.9, (3, 200), [str(row) for row in range(len(truth))], 500)


def test_an_article_needs_a_person_when_any_category_asks():
    truth = np.array([[1, 0], [0, NAN], [1, 1], [NAN, 0]])
    verdicts = np.array([["yes", "no"], ["yes", "ask"], ["ask", "yes"], ["no", "no"]])
    gain = gain_of(truth, verdicts)
    assert gain.decided.value == pytest.approx(0.5)
    assert gain.minutes_saved == pytest.approx(300)
    politics, sport = gain.categories
    assert (politics.decided.value, politics.yes_precision.value) == (pytest.approx(0.75), pytest.approx(0.5))
    assert np.isnan(politics.no_precision.value)
    assert (sport.yes_precision.value, sport.no_precision.value) == (1, 1)


def test_shares_have_intervals_that_narrow_with_more_articles():
    truth = np.array([[1, 0], [0, 0], [0, 0], [1, 0]])
    verdicts = np.array([["yes", "no"], ["yes", "ask"], ["no", "no"], ["ask", "no"]])
    few, many = (gain_of(truth, verdicts, repeated).categories[0].yes_precision for repeated in (5, 50))
    assert few.low < many.low < 0.5 == many.value < many.high < few.high


def test_a_promise_is_broken_when_chance_does_not_explain_what_came():
    truth = np.array([[1, 0]] * 8 + [[0, 0]] * 2)
    verdicts = np.array([["yes", "no"]] * 10)
    assert gain_of(truth, verdicts).broken == ()
    assert gain_of(truth, verdicts, 40).broken == (("Политика", "yes"),)


def test_verdicts_that_break_the_promise_save_nothing():
    truth = np.array([[1, 0]] * 4 + [[0, 0]] * 6)
    verdicts = np.array([["yes", "no"]] * 6 + [["no", "no"]] * 4)
    gain = gain_of(truth, verdicts, 40)
    politics, sport = gain.categories
    assert politics.yes_precision.value == pytest.approx(4 / 6)
    assert politics.decided.value == gain.decided.value == pytest.approx(0.4)
    assert sport.decided.value == 1
    assert gain.minutes_saved == pytest.approx(0.4 * 200 * 3)
