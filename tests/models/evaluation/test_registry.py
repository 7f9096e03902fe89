import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.exact import Whole
from models.evaluation.registry import LEADING, METRICS, NAMES, columns
from models.evaluation.weighted import Sample, Weighed

articles = st.lists(st.tuples(st.booleans(), st.floats(0, 1), st.booleans()), max_size=30)


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
@given(rows=articles, seed=st.integers(0, 100))
def test_a_metric_is_a_share_or_undefined_under_any_weighting(metric, rows, seed):
    truth, probability, decided = (np.array([row[place] for row in rows]) for place in range(3))
    sample = Sample(truth.astype(bool), probability.astype(float), decided.astype(bool))
    weights = np.random.default_rng(seed).integers(0, 3, size=(4, len(rows))).astype(float)
    values = metric.figure(Weighed(sample, weights))
    assert values.shape == (4,)
    assert (np.isnan(values) | ((values >= -1e-12) & (values <= 1 + 1e-12))).all()


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_a_weight_of_two_is_an_article_twice_and_of_none_is_no_article(metric):
    rng = np.random.default_rng(5)
    truth, decided, times = rng.random(40) < 0.5, rng.random(40) < 0.5, rng.integers(0, 3, 40)
    probability = np.full(40, 0.5)  # one bin of the calibration error, whatever the weights
    once = Weighed(Sample(truth, probability, decided), times[None].astype(float))
    repeated = [np.repeat(column, times) for column in (truth, probability, decided)]
    again = Weighed(Sample(*repeated), np.ones((1, times.sum())))
    assert metric.figure(once) == pytest.approx(metric.figure(again))


@pytest.mark.parametrize("metric", [metric for metric in METRICS if metric.share_of], ids=lambda metric: metric.name)
def test_a_share_is_one_of_the_articles_it_names(metric):
    decided, positive = np.array([True, True, False, False]), np.array([True, False, True, False])
    whole = metric.share_of(decided, positive)
    assert isinstance(whole, Whole)
    sample = Sample(positive, decided.astype(float), decided)
    outside = np.where(whole.rows, 1.0, 5.0)[None]  # what is not in the whole cannot move the figure
    assert metric.figure(Weighed(sample, outside)) == pytest.approx(metric.figure(Weighed(sample, np.ones((1, 4)))))


def test_names_are_one_metric_each_and_said_in_both_languages():
    for names in (NAMES, [metric.english for metric in METRICS], [metric.russian for metric in METRICS]):
        assert len(set(names)) == len(METRICS)
    assert all(metric.meaning.endswith(".") for metric in METRICS)


def test_tables_with_little_room_have_the_metric_that_models_are_compared_by():
    assert LEADING in columns("card")
    assert LEADING in columns("changes")
    assert {"precision", "recall", "f1"} <= {metric.name for metric in columns("verdicts")}
