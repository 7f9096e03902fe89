import numpy as np
import pytest

from models.evaluation.baseline_answers import answer_as_heads_do
from models.evaluation.baselines import Knn, Majority, make_baselines

NAN = float("nan")


def yes(answers):
    return answers.verdicts == "yes"


def test_every_baseline_learns_the_category_but_majority(corpus):
    texts, vectors, truth, parts = corpus
    baselines = make_baselines(texts, vectors, np.concatenate(parts[:2]), jobs=1)
    answers = {name: answer_as_heads_do(baseline, truth, parts, jobs=1) for name, baseline in baselines.items()}
    assert list(answers) == ["majority", "knn", "tfidf_word", "tfidf_char"]
    for name in ("knn", "tfidf_word", "tfidf_char"):
        assert (yes(answers[name]) == (truth[parts[2]] == 1)).all()
        assert ((answers[name].probability >= 0) & (answers[name].probability <= 1)).all()
    assert answers["majority"].probability.tolist() == [[0.5, 0.5]] * 8


def test_majority_says_what_most_labels_say(corpus):
    _, _, truth, parts = corpus
    truth = truth.copy()
    truth[np.arange(24) % 8 == 4] = [1.0, 0.0]
    answers = answer_as_heads_do(Majority(), truth, parts, jobs=1)
    assert yes(answers).all(axis=0).tolist() == [True, False]


def test_unknown_labels_neither_train_nor_validate(corpus):
    _, vectors, truth, parts = corpus
    wrong, unknown = truth.copy(), truth.copy()
    wrong[4:7, 0] = 1.0
    unknown[4:7, 0] = NAN
    unknown[parts[2], 0] = NAN
    right, misled, blank = (
        answer_as_heads_do(Knn(vectors, 3), labels, parts, jobs=1) for labels in (truth, wrong, unknown)
    )
    assert (yes(blank) == yes(right)).all()
    assert not np.allclose(misled.probability, right.probability)


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
