import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.baselines import Tfidf, knn_scores, tfidf_matrix
from tests.models.evaluation.vectors import unit


def test_neighbours_vote_by_their_similarity():
    train = unit([[1, 0], [0.6, 0.8], [-1, 0]])
    scores = knn_scores(train, np.array([True, False, False]), unit([[1, 0]]), k=2)
    assert scores == pytest.approx([1 / 1.6])


def test_where_no_neighbour_is_similar_the_share_of_positives_answers():
    train = unit([[1, 0], [1, 0], [1, 0], [1, 0]])
    assert knn_scores(train, np.array([True, False, False, False]), unit([[-1, 0]]), k=4) == pytest.approx([0.25])


@given(st.integers(1, 40), st.integers(1, 30), st.integers(0, 10_000))
def test_neighbours_give_shares(train, k, seed):
    rng = np.random.default_rng(seed)
    scores = knn_scores(unit(rng.normal(size=(train, 5))), rng.random(train) < 0.5, unit(rng.normal(size=(7, 5))), k)
    assert scores.shape == (7,)
    assert ((scores >= 0) & (scores <= 1 + 1e-12)).all()


def test_terms_are_learned_outside_the_test(corpus):
    texts, _, _, _ = corpus
    learn = np.arange(16)
    changed = [*texts[:16], *["совсем другие слова повторяются, совсем другие"] * 8]
    assert tfidf_matrix(changed, "word", learn)[16:].nnz == 0
    assert tfidf_matrix(texts, "word", learn).shape == tfidf_matrix(changed, "word", learn).shape


def test_one_class_alone_answers_with_its_share(corpus):
    texts, _, _, _ = corpus
    baseline = Tfidf(tfidf_matrix(texts, "word", np.arange(24)))
    assert baseline.scores(np.arange(4), np.ones(4, bool), np.arange(2)).tolist() == [1, 1]
