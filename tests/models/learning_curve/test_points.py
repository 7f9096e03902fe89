import numpy as np
import pytest

from models.features import Features
from models.heads.candidates import Candidate
from models.heads.kinds import kind_named
from models.learning_curve.draws import Draw
from models.learning_curve.points import measure_repeat

N = 120
LOGISTIC = Candidate("logistic", kind_named("logistic").grid[0])
DRAW = Draw(np.arange(80), np.arange(80, N))


@pytest.fixture(scope="module")
def features():
    rng = np.random.default_rng(0)
    dense = rng.normal(scale=0.6, size=(N, 6))
    dense[:, 0] += truth() == 1
    dense /= np.linalg.norm(dense, axis=1, keepdims=True)
    return Features(dense.astype(np.float32), {})


def truth():
    return (np.arange(N) % 4 == 0).astype(float)


def measure(features, labels, sizes=(8, 20, 80), least=4):
    return measure_repeat(features, labels, DRAW, sizes, LOGISTIC, least)


def test_a_head_learns_and_where_labels_are_few_there_is_none(features):
    points = measure(features, truth())
    assert points.fitted.tolist() == [[False, True, True]]
    assert points.positives.tolist() == [[2, 5, 20]]
    assert points.prevalence == [0.25]
    assert points.head[0, 0] == 0.25
    assert points.head[0, 2] > 0.6
    assert points.knn[0, 2] > 0.4


def test_unknown_pairs_neither_train_nor_measure(features):
    labels = truth()
    labels[::3] = np.nan
    known = np.flatnonzero(np.isfinite(labels))
    points = measure(features, labels)
    kept = Features(features.dense[known], {})
    order = np.arange((known < 80).sum())
    sizes = [int((known < size).sum()) for size in (8, 20, 80)]
    alone = measure_repeat(kept, labels[known], Draw(order, np.arange(len(order), len(known))), sizes, LOGISTIC, 4)
    assert points.head == pytest.approx(alone.head)
    assert points.knn == pytest.approx(alone.knn)


def test_labels_of_held_out_articles_train_nothing(features):
    turned = truth()
    turned[80:] = 1 - turned[80:]
    before, after = measure(features, truth()), measure(features, turned)
    assert after.positives.tolist() == before.positives.tolist()
    assert after.head[0, 2] != before.head[0, 2]  # measured on others, with the same scores
    assert after.prevalence == 1 - before.prevalence


def test_without_a_positive_held_out_nothing_is_measured(features):
    labels = truth()
    labels[80:] = 0
    points = measure(features, labels)
    assert np.isnan([*points.head[0], *points.knn[0], *points.prevalence]).all()


def test_a_category_without_any_label_is_known_to_nobody(features):
    labels = np.full(N, np.nan)
    labels[80:] = truth()[80:]
    points = measure(features, labels)
    assert points.head.tolist() == points.knn.tolist() == [[0.25] * 3]
