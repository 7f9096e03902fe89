import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.propagation import labels_of, reach, spread, votes


def unit(rows):
    rows = np.asarray(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_a_vote_is_the_share_of_yes_among_the_nearest_by_cosine():
    vectors, truth = unit([[1, 0], [1, 1], [0, 1]]), np.array([True, False, False])
    share = votes(unit([[1, 0]]), vectors, truth, [1, 2, 3])
    near, second = 1.0, np.sqrt(0.5)
    assert share[:, 0] == pytest.approx([1.0, near / (near + second), near / (near + second)], abs=1e-6)


def test_where_nothing_is_similar_the_vote_is_the_share_of_yes_among_all():
    truth = np.array([True, False, False, False])
    assert votes(unit([[-1, 0]]), unit([[1, 0]] * 4), truth, [3])[0, 0] == pytest.approx(0.25)


def two_themes(n=120, noise=0.35):
    generator = np.random.default_rng(0)
    truth = np.arange(n) % 3 == 0
    return unit(generator.normal(size=(n, 8)) * noise + np.where(truth[:, None], 1, -1) * np.eye(8)[0]), truth


def folds_of(n):
    rows = np.arange(n)
    return [(rows[rows % 4 != part], rows[rows % 4 == part]) for part in range(4)]


def test_held_out_votes_do_not_know_the_articles_own_label():
    vectors, truth = two_themes()
    flipped = truth.copy()
    flipped[:4] = ~flipped[:4]
    before, after = spread(vectors, truth, folds_of(120)), spread(vectors, flipped, folds_of(120))
    assert before.k == after.k
    assert before.average_precision > 0.95
    assert np.array_equal(before.held_out[:4] > 0.5, after.held_out[:4] > 0.5)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10_000), promise=st.floats(0.5, 0.99), n=st.integers(5, 80), asked=st.integers(0, 40))
def test_a_promise_is_kept_on_held_out_articles_and_what_it_adds_is_what_is_labelled(seed, promise, n, asked):
    generator = np.random.default_rng(seed)
    truth = generator.random(n) < 0.4
    held_out = np.clip(truth * 0.3 + generator.random(n) * 0.7, 0, 1).round(2)
    share = generator.random(asked).round(2)
    reached = reach(held_out, truth, share, promise)
    value = labels_of(share, reached)
    for label, number in (("yes", 1), ("no", 0)):
        one = reached[label]
        assert one.adds == (value == number).sum()
        if one.precision:
            assert one.precision.low <= one.precision.value <= one.precision.high
            assert one.precision.value >= promise - 1e-12
        else:
            assert one.cut is None and one.adds == 0


def test_a_promise_that_nothing_keeps_adds_nothing():
    reached = reach(np.array([0.9, 0.9, 0.1]), np.array([False, True, True]), np.array([1.0, 0.0]), 0.95)
    assert labels_of(np.array([1.0, 0.0]), reached).tolist() == [-1, -1]
