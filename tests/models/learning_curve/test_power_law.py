import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.learning_curve.power_law import fit_power_law

SIZES = np.array([50, 70, 100, 140, 200, 280, 400, 570, 800], dtype=float)


@given(st.floats(0.6, 1.0), st.floats(0.2, 2.0), st.floats(0.1, 1.0))
def test_a_planted_law_is_found_and_foretells_four_times_as_far(ceiling, gap, rate):
    law = fit_power_law(SIZES, ceiling - gap * SIZES**-rate)
    for n in (800, 1600, 3200):
        assert law.at(n) == pytest.approx(ceiling - gap * n**-rate, abs=0.003)


@given(st.lists(st.floats(0, 1), min_size=9, max_size=9))
def test_whatever_was_measured_the_law_grows_and_stays_below_one(values):
    law = fit_power_law(SIZES, np.array(values))
    assert law.ceiling <= 1
    assert law.gap >= 0
    assert law.at(100) <= law.at(1000) + 1e-9 <= law.at(10_000) + 2e-9 <= 1 + 3e-9


def test_a_flat_curve_stays_flat():
    assert fit_power_law(SIZES, np.full(9, 0.8)).at(5000) == pytest.approx(0.8)


def test_the_tail_counts_most():
    values = 0.95 - 0.5 * SIZES**-0.5
    values[0] -= 0.2
    assert fit_power_law(SIZES, values).at(1600) == pytest.approx(0.95 - 0.5 * 1600**-0.5, abs=0.01)
