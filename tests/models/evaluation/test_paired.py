import numpy as np
import pytest

from models.errors import ModelError
from models.evaluation.bootstrap import cluster_bootstrap
from models.evaluation.metrics import binary_statistic
from models.evaluation.paired import mcnemar, paired_difference


@pytest.fixture
def sample():
    rng = np.random.default_rng(3)
    truth = rng.random(400) < 0.3
    probability = np.clip(np.where(truth, 0.6, 0.4) + rng.normal(0, 0.2, 400), 0, 1)
    return truth, probability, np.arange(400).astype(str)


def statistic(truth, probability):
    return binary_statistic(truth, probability, probability >= 0.5)


def test_a_model_does_not_differ_from_itself_but_does_from_noise(sample):
    truth, probability, clusters = sample
    noise = np.random.default_rng(0).random(len(truth))
    ours, theirs = (
        cluster_bootstrap(statistic(truth, scores), clusters, 300)["average_precision"]
        for scores in (probability, noise)
    )
    same, better = paired_difference(ours, ours), paired_difference(ours, theirs)
    assert (same.value, same.low, same.high, same.p) == (0, 0, 0, 1)
    assert better.low > 0
    assert better.p == pytest.approx(2 / 301)


def test_figures_of_different_draws_are_not_paired(sample):
    truth, probability, clusters = sample
    first, second = (cluster_bootstrap(statistic(truth, probability), clusters, 20, seed)["f1"] for seed in (0, 1))
    with pytest.raises(ModelError, match=r"figures of different draws .* resample both on the same articles"):
        paired_difference(first, second)


def test_mcnemar_is_the_exact_sign_test_of_the_disagreements():
    first = np.array([True] * 9 + [False] + [True] * 50)
    second = np.array([False] * 9 + [True] + [True] * 50)
    test = mcnemar(first, second)
    assert (test.only_first, test.only_second) == (9, 1)
    assert test.p == pytest.approx(2 * 11 / 1024)
    assert mcnemar(first, first).p == 1
