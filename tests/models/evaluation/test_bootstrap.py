import numpy as np
import pytest
from scipy.stats import norm

from models.evaluation.bootstrap import cluster_bootstrap
from models.evaluation.metrics import binary_statistic


@pytest.fixture
def sample():
    rng = np.random.default_rng(3)
    truth = rng.random(400) < 0.3
    probability = np.clip(np.where(truth, 0.6, 0.4) + rng.normal(0, 0.2, 400), 0, 1)
    return truth, probability, np.arange(400).astype(str)


def statistic(truth, probability):
    return binary_statistic(truth, probability, probability >= 0.5)


def test_the_same_seed_gives_the_same_interval(sample):
    truth, probability, clusters = sample
    first, again, other = (
        cluster_bootstrap(statistic(truth, probability), clusters, 200, seed)["f1"].interval for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other
    assert first.low < first.value < first.high


def test_the_interval_of_a_share_is_that_of_the_normal_approximation(sample):
    truth, _, clusters = sample
    figure = cluster_bootstrap(lambda weights: {"share": weights @ truth / weights.sum(axis=1)}, clusters, 4000)[
        "share"
    ]
    spread = norm.ppf(0.975) * np.sqrt(truth.mean() * (1 - truth.mean()) / len(truth))
    assert [figure.interval.low, figure.interval.high] == pytest.approx(
        [truth.mean() - spread, truth.mean() + spread], abs=0.005
    )


def test_copies_of_a_story_make_no_interval_narrower(sample):
    truth, probability, clusters = sample
    once = cluster_bootstrap(statistic(truth, probability), clusters, 300)
    thrice = cluster_bootstrap(statistic(np.tile(truth, 3), np.tile(probability, 3)), np.tile(clusters, 3), 300)
    for name in ("average_precision", "roc_auc", "f1"):
        assert once[name].interval.low == pytest.approx(thrice[name].interval.low)
        assert once[name].interval.high == pytest.approx(thrice[name].interval.high)


def test_a_large_test_is_drawn_in_parts_to_the_same_effect(sample, monkeypatch):
    truth, probability, clusters = sample
    whole = cluster_bootstrap(statistic(truth, probability), clusters, 50)["f1"]
    monkeypatch.setattr("models.evaluation.bootstrap.BLOCK_CELLS", 3 * len(truth))
    np.testing.assert_allclose(
        cluster_bootstrap(statistic(truth, probability), clusters, 50)["f1"].replicates, whole.replicates
    )


def test_an_undefined_figure_has_no_interval(sample):
    _, probability, clusters = sample
    figure = cluster_bootstrap(statistic(np.zeros(400, bool), probability), clusters, 20)["roc_auc"].interval
    assert np.isnan([figure.value, figure.low, figure.high]).all()
