import numpy as np
import pytest

from models.evaluation.gains import Day, Promise
from models.evaluation.newsroom import newsroom_gain

NAN = float("nan")
TITLES = {"politics": "Политика", "sport": "Спорт"}


def gain_of(truth, verdicts, repeated=1, promised=(0.9, 0.9), like=1.0):
    """What the newsroom gains from some articles, each so many times over, all different stories."""
    truth, verdicts = np.repeat(truth, repeated, axis=0), np.repeat(verdicts, repeated, axis=0)
    promises = {
        key: Promise(title=title, promised=precision)
        for (key, title), precision in zip(TITLES.items(), promised, strict=True)
    }
    day = Day(minutes_per_article=3, articles_per_day=200)
    return newsroom_gain(promises, truth, verdicts, day, [str(row) for row in range(len(truth))], 500, like)


def test_an_article_needs_a_person_when_any_category_asks():
    truth = np.array([[1, 0], [0, NAN], [1, 1], [NAN, 0]])
    verdicts = np.array([["yes", "no"], ["yes", "ask"], ["ask", "yes"], ["no", "no"]])
    gain = gain_of(truth, verdicts)
    assert gain.decided.value == pytest.approx(0.5)
    assert gain.minutes_saved == pytest.approx(300)
    politics, sport = gain.categories.values()
    assert (politics.decided.value, politics.yes_precision.value) == (pytest.approx(0.75), pytest.approx(0.5))
    assert np.isnan(politics.no_precision.value)
    assert (sport.yes_precision.value, sport.no_precision.value) == (1, 1)


def test_shares_have_intervals_that_narrow_with_more_articles():
    truth = np.array([[1, 0], [0, 0], [0, 0], [1, 0]])
    verdicts = np.array([["yes", "no"], ["yes", "ask"], ["no", "no"], ["ask", "no"]])
    few, many = (gain_of(truth, verdicts, repeated).categories["politics"].yes_precision for repeated in (5, 50))
    assert few.low < many.low < 0.5 == many.value < many.high < few.high


def test_a_promise_is_broken_when_chance_does_not_explain_what_came():
    truth = np.array([[1, 0]] * 8 + [[0, 0]] * 2)
    verdicts = np.array([["yes", "no"]] * 10)
    assert gain_of(truth, verdicts).broken == ()
    assert gain_of(truth, verdicts, 40).broken == (("Политика", "yes"),)


def test_what_is_decided_is_what_is_served_and_beside_it_what_would_be_without_broken_promises():
    truth = np.array([[1, 0]] * 4 + [[0, 0]] * 6)
    verdicts = np.array([["yes", "no"]] * 6 + [["no", "no"]] * 4)
    gain = gain_of(truth, verdicts, 40)
    politics, sport = gain.categories.values()
    assert politics.yes_precision.value == pytest.approx(4 / 6)
    assert politics.decided.value == sport.decided.value == gain.decided.value == 1
    assert gain.kept.value == pytest.approx(0.4)
    assert gain.minutes_saved == pytest.approx(200 * 3)
    assert (politics.yes, politics.no, sport.no, gain.no) == (240, 160, 400, 560)


def test_minutes_have_the_interval_of_what_is_decided():
    gain = gain_of(np.array([[1, 0], [0, 0]]), np.array([["yes", "no"], ["ask", "no"]]), 30)
    low, high = gain.minutes_saved_interval
    assert (low, high) == pytest.approx((600 * gain.decided.low, 600 * gain.decided.high))
    assert low < 300 < high


def test_an_article_is_right_when_all_its_known_labels_are():
    truth = np.array([[1, 0], [1, NAN], [0, 0], [NAN, NAN], [1, 1], [1, 0]])
    verdicts = np.array([["yes", "no"], ["yes", "yes"], ["no", "no"], ["no", "no"], ["yes", "no"], ["ask", "no"]])
    gain = gain_of(truth, verdicts, promised=(0.1, 0.1))
    assert gain.right.value == pytest.approx(3 / 4)


def test_a_category_keeps_its_own_promise():
    truth = np.array([[1, 1]] * 8 + [[0, 0]] * 2)
    verdicts = np.array([["yes", "yes"]] * 10)
    gain = gain_of(truth, verdicts, 40, (0.75, 0.9))
    assert gain.broken == (("Спорт", "yes"),)
    assert (gain.promised, gain.promised_most) == (0.75, 0.9)
    assert [category.yes for category in gain.categories.values()] == [400, 400]
    assert gain.kept.value == 0


def test_shares_without_a_single_error_are_not_certain():
    gain = gain_of(np.array([[1, 0]]), np.array([["yes", "no"]]), 20)
    assert gain.right.low == gain.categories["politics"].yes_precision.low == pytest.approx(0.025 ** (1 / 20))


def test_what_nobody_could_check_does_not_count_as_decided():
    truth = np.array([[1, 0]] * 10)
    verdicts = np.array([["yes", "no"]] * 6 + [["yes", "ask"]] * 4)
    whole, part = gain_of(truth, verdicts), gain_of(truth, verdicts, like=0.25)
    assert (whole.decided.value, part.decided.value) == (pytest.approx(0.6), pytest.approx(0.15))
    assert (part.decided.low, part.kept.value) == (pytest.approx(whole.decided.low / 4), pytest.approx(0.15))
    assert part.minutes_saved == pytest.approx(whole.minutes_saved / 4)
    assert part.right == whole.right
    assert part.like_labelled == 0.25
