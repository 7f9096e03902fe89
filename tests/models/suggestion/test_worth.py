import numpy as np
import pytest

from models.suggestion.worth import doubt, novelty, rarity, worth
from tests.models.suggestion.pools import make_pool, unit

NAN = np.nan


def test_doubt_is_greatest_at_the_threshold_and_equal_at_equal_odds_either_side():
    doubts = doubt(np.array([[0.0], [0.1], [0.25], [0.5], [1.0]]), np.array([0.25]))[:, 0]
    assert doubts.argmax() == 2
    assert doubts[2] == pytest.approx(1)
    # the odds at 0.1 are a third of those at 0.25, the odds at 0.5 three times them
    assert doubts[1] == pytest.approx(doubts[3])
    assert doubts[[0, 4]] == pytest.approx([0, 0], abs=1e-4)
    ten_to_one = doubt(np.array([[1 / 11]]), np.array([0.5]))
    assert ten_to_one.item() == pytest.approx(0.33, abs=0.01)


def test_a_category_of_few_positives_weighs_more():
    labels = np.array([[1, 1, 1], [1, 0, NAN], [1, 0, NAN], [1, 0, NAN]])
    weights = rarity(labels)
    assert weights.mean() == pytest.approx(1)
    assert weights[0] < weights[1] == weights[2]


def test_what_a_near_duplicate_is_labelled_for_counts_nothing():
    labels = np.full((4, 2), NAN)
    labels[0, 0] = 1
    pool = make_pool(4, labels=labels, clusters=np.array(["a", "a", "b", "c"]), probability=np.full((4, 2), 0.5))
    terms = worth(pool, np.arange(1, 4))
    assert terms.uncertain[0] < terms.uncertain[1] == terms.uncertain[2]
    assert terms.uncertain[0] == pytest.approx(rarity(labels)[1])


def test_new_is_what_lies_far_from_everything_labelled_for_the_category():
    vectors = unit([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 0, 1], [-1, -1, -1]])
    labels = np.full((5, 2), NAN)
    labels[0, 0] = 0
    pool = make_pool(5, vectors=vectors, labels=labels)
    near = novelty(pool, np.arange(1, 5))
    assert near[0, 0] < near[1:, 0].min()
    assert near[:, 1].tolist() == [1] * 4


def test_the_reason_is_the_largest_term():
    labels = np.full((4, 1), NAN)
    labels[0] = 1
    vectors = unit([[1, 0], [1, 0.001], [1, -0.001], [-1, 0.1]])
    pool = make_pool(4, 1, vectors=vectors, labels=labels, probability=np.array([[1], [0.5], [1 - 1e-9], [1e-9]]))
    assert worth(pool, np.arange(1, 4)).reasons() == ["uncertain", "rare", "new"]
