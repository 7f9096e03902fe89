import numpy as np
import pytest

from pipeline.report.newsroom import newsroom_gain

NAN = float("nan")


def test_an_article_needs_a_person_when_any_category_asks():
    truth = np.array([[1, 0], [0, NAN], [1, 1], [NAN, 0]])
    verdicts = np.array([["yes", "no"], ["yes", "ask"], ["ask", "yes"], ["no", "no"]])
    gain = newsroom_gain(["Политика", "Спорт"], truth, verdicts, 0.9, minutes_per_article=3, articles_per_day=200)
    assert gain.decided == pytest.approx(0.5)
    assert gain.minutes_saved == pytest.approx(300)
    politics, sport = gain.categories
    assert (politics.decided, politics.yes_precision) == (pytest.approx(0.75), pytest.approx(0.5))
    assert np.isnan(politics.no_precision)
    assert (sport.yes_precision, sport.no_precision) == (1, 1)
