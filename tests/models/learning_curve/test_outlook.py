from dataclasses import replace

import numpy as np
import pytest

from models.learning_curve.curve import Curve
from models.learning_curve.outlook import look_ahead

SIZES = np.array([50, 70, 100, 140, 200, 280, 400, 570, 800], dtype=float)


def planted(n):
    return 0.97 - 1.5 * n**-0.5


def curve(values=planted, noise=0.003, settled_from=0):
    rng = np.random.default_rng(1)
    shift, luck = rng.normal(scale=noise, size=(10, 1)), rng.normal(scale=noise, size=(10, len(SIZES)))
    fitted = np.tile(np.arange(len(SIZES)) >= settled_from, (10, 1))
    head = values(SIZES) + shift + luck
    return Curve(SIZES, head, head - 0.1, np.full(10, 0.2), fitted, np.tile(SIZES // 5, (10, 1)))


def test_a_planted_law_is_foretold_within_its_intervals():
    outlook = look_ahead(curve(), 1070, 500)
    assert outlook.doubt is None
    ahead = outlook.forecast
    assert ahead.now.low < planted(1070) < ahead.now.high
    assert ahead.then.low < planted(1570) < ahead.then.high
    assert ahead.gain.low <= planted(1570) - planted(1070) <= ahead.gain.high
    assert ahead.gain.value == pytest.approx(ahead.then.value - ahead.now.value)


def test_half_of_the_articles_would_have_foretold_the_rest():
    check = look_ahead(curve(), 1070, 500).check
    assert (check.known, check.end) == (400, 800)
    assert check.forecast.low < check.came < check.forecast.high
    assert abs(check.error) < 0.01


def test_a_forecast_that_was_off_has_a_wider_interval():
    def broken(n):
        return np.where(n > 400, planted(n) + 0.06, planted(n))

    def width(outlook):
        return outlook.forecast.gain.high - outlook.forecast.gain.value

    assert look_ahead(curve(broken), 1070, 500).check.error < -0.04
    assert width(look_ahead(curve(broken), 1070, 500)) > 0.04 > width(look_ahead(curve(), 1070, 500))


@pytest.mark.parametrize(
    ("measured", "more", "doubt"),
    [
        (curve(lambda n: np.full(len(n), 0.9)), 500, "no growth"),
        (curve(lambda n: planted(n), noise=0.2), 500, "no growth"),
        (curve(), 3000, "too far"),
        (curve(settled_from=6), 500, "few points"),
        (curve(settled_from=9), 500, "few points"),
    ],
)
def test_what_cannot_be_told_is_not(measured, more, doubt):
    outlook = look_ahead(measured, 1070, more)
    assert (outlook.doubt, outlook.forecast) == (doubt, None)


def test_growth_is_measured_over_the_last_doubling():
    growth = look_ahead(curve(), 1070, 500).growth
    assert (growth.start, growth.end) == (400, 800)
    assert growth.change.value == pytest.approx(planted(800) - planted(400), abs=0.005)
    assert look_ahead(curve(settled_from=7), 1070, 500).growth is None


def test_a_repeat_that_measured_nothing_is_left_out():
    whole = curve()
    holes = replace(whole, head=np.vstack([whole.head, np.full(len(SIZES), np.nan)]))
    assert look_ahead(holes, 1070, 500) == look_ahead(whole, 1070, 500)
    assert look_ahead(replace(whole, head=whole.head * np.nan), 1070, 500).doubt == "few repeats"
