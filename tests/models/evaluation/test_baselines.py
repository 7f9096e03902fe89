import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.baselines import (
    Knn,
    Majority,
    Tfidf,
    answer_as_heads_do,
    knn_scores,
    make_baselines,
    tfidf_matrix,
)

NAN = float("nan")
SPORT = ["матч закончился победой хозяев", "вратарь отбил пенальти", "матч перенесли", "вратарь пропустил мяч"]
OTHER = ["завод повысил цены", "банк снизил ставку", "цены на хлеб растут", "ставку налога изменят"]


def unit(rows):
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def corpus():
    texts = (SPORT + OTHER) * 3
    truth = np.tile(np.repeat([[1.0, 0.0], [0.0, 1.0]], 4, axis=0), (3, 1))
    vectors = unit(np.column_stack([truth + 0.1, np.tile(np.arange(8), 3) / 40]))
    return texts, vectors, truth, (np.arange(8), np.arange(8, 16), np.arange(16, 24))


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


def test_every_baseline_learns_the_category_but_majority(corpus):
    texts, vectors, truth, parts = corpus
    baselines = make_baselines(texts, vectors, np.concatenate(parts[:2]), jobs=1)
    answers = {name: answer_as_heads_do(baseline, truth, parts, jobs=1) for name, baseline in baselines.items()}
    assert list(answers) == ["majority", "knn", "tfidf_word", "tfidf_char"]
    for name in ("knn", "tfidf_word", "tfidf_char"):
        assert (answers[name].decided == (truth[parts[2]] == 1)).all()
        assert ((answers[name].probability >= 0) & (answers[name].probability <= 1)).all()
    assert answers["majority"].probability.tolist() == [[0.5, 0.5]] * 8


def test_majority_says_what_most_labels_say(corpus):
    _, _, truth, parts = corpus
    truth = truth.copy()
    truth[np.arange(24) % 8 == 4] = [1.0, 0.0]
    answers = answer_as_heads_do(Majority(), truth, parts, jobs=1)
    assert answers.decided.all(axis=0).tolist() == [True, False]


def test_unknown_labels_neither_train_nor_validate(corpus):
    _, vectors, truth, parts = corpus
    wrong, unknown = truth.copy(), truth.copy()
    wrong[4:7, 0] = 1.0
    unknown[4:7, 0] = NAN
    unknown[parts[2], 0] = NAN
    right, misled, blank = (
        answer_as_heads_do(Knn(vectors, 3), labels, parts, jobs=1) for labels in (truth, wrong, unknown)
    )
    assert (blank.decided == right.decided).all()
    assert not np.allclose(misled.probability, right.probability)


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


def test_a_baseline_has_thresholds_that_keep_what_is_promised_as_heads_have(corpus):
    _, vectors, truth, parts = corpus
    near = answer_as_heads_do(Knn(vectors, 3), truth, parts, jobs=1)
    verdicts = np.column_stack([band.verdicts(near.probability[:, j]) for j, band in enumerate(near.bands)])
    assert (verdicts == np.where(truth[parts[2]] == 1, "yes", "no")).all()


def test_the_band_of_a_baseline_is_as_wide_as_its_promise_asks():
    scores = np.array([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9] * 10)
    right = np.array([0, 0, 1, 0, 1, 0, 1, 1] * 10).astype(float)[:, None]

    class Fixed:
        def scores(self, rows, truth, to_score):
            return scores[to_score]

    rows = np.arange(len(scores))
    loose, strict = (
        answer_as_heads_do(Fixed(), right, (rows, rows, rows), promised, jobs=1).bands[0] for promised in (0.7, 0.99)
    )
    assert loose.yes == loose.no
    assert (strict.verdicts(scores) == "ask").mean() == pytest.approx(0.5)
