import numpy as np
import pytest

from models.errors import ModelError
from models.propagation import spread, votes


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
    assert before.vote.k == after.vote.k
    assert before.average_precision > 0.95
    assert np.array_equal(before.vote.held_out[:4] > 0.5, after.vote.held_out[:4] > 0.5)


def test_a_fold_is_measured_by_a_vote_that_was_chosen_without_it():
    vectors, truth = two_themes(noise=1.0)
    folds = folds_of(120)
    before = spread(vectors, truth, folds)
    for place, (_, rows) in enumerate(folds):
        flipped = truth.copy()
        flipped[rows] = ~flipped[rows]
        check, after = before.checks[place], spread(vectors, flipped, folds).checks[place]
        assert (check.vote.k, check.vote.calibrator) == (after.vote.k, after.vote.calibrator)
        assert np.array_equal(check.probability, after.probability)
        assert np.array_equal(check.truth, ~after.truth)


def test_with_two_folds_nothing_can_be_measured():
    vectors, truth = two_themes()
    with pytest.raises(ModelError, match="2 different stories of one kind, 3 are needed; label other stories"):
        spread(vectors, truth, folds_of(120)[:2])
