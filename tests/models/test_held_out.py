from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit

from models.features import Features
from models.heads.candidates import Candidate
from models.heads.choose import make_folds
from models.heads.design import Design
from models.held_out import held_out_probability


@dataclass
class Diary:
    """A problem that notes which rows it was fitted on and which it scored; the score is the row's number."""

    fitted: list = field(default_factory=list)
    scored: list = field(default_factory=list)

    def fit(self, rows, truth, watch=None):
        self.fitted.append(rows)
        return self

    def scores(self, rows):
        self.scored.append(rows)
        return rows.astype(float)


TRUTH = np.arange(24) % 3 == 0
CLUSTERS = np.array([f"c{row // 2}" for row in range(24)])
FOLDS = make_folds(np.arange(24), TRUTH, CLUSTERS, 4, 0)


def test_no_fit_saw_an_article_that_it_scores_nor_a_copy_of_one():
    diary = Diary()
    held_out_probability(diary, TRUTH, FOLDS)
    assert np.sort(np.concatenate(diary.scored)).tolist() == list(range(24))
    for fitted, scored in zip(diary.fitted, diary.scored, strict=True):
        assert not set(CLUSTERS[fitted]) & set(CLUSTERS[scored])


def test_calibrators_do_not_know_the_label_that_they_judge():
    before = held_out_probability(Diary(), TRUTH, FOLDS)
    for _, rows in FOLDS:
        turned = TRUTH.copy()
        turned[rows] = ~turned[rows]
        after = held_out_probability(Diary(), turned, FOLDS)
        assert np.array_equal(after[rows], before[rows])
        assert not np.array_equal(after, before)


def test_what_is_not_to_teach_does_not_unless_one_kind_of_label_would_be_left():
    diary, learn_from = Diary(), np.arange(24) >= 6
    held_out_probability(diary, TRUTH, FOLDS, learn_from)
    assert min(map(min, diary.fitted)) == 6
    diary = Diary()
    held_out_probability(diary, TRUTH, FOLDS, ~TRUTH)
    assert all(TRUTH[rows].any() for rows in diary.fitted)


def test_copies_do_not_answer_for_each_other():
    rng = np.random.default_rng(0)
    rows = np.repeat(rng.normal(size=(60, 40)), 2, axis=0)  # whose labels nothing but the copy tells
    dense = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    truth = np.repeat(rng.random(60) < 0.5, 2)
    problem = Candidate("logistic", {"loss": "log", "C": 10.0, "dense_weight": 1.0}).prepare(
        Design(Features(dense, {}))
    )
    right = {}
    for size in (1, 2):  # articles that count as one story
        folds = make_folds(np.arange(120), truth, np.array([f"c{row // size}" for row in range(120)]), 5, 0)
        right[size] = ((held_out_probability(problem, truth, folds) > 0.5) == truth).mean()
    assert right[1] > 0.75
    assert right[2] < 0.6


def test_probabilities_can_be_taken_at_their_word():
    rng = np.random.default_rng(1)
    scores = rng.normal(size=4000) * 2

    class Known(Diary):
        def scores(self, rows):
            return scores[rows]

    truth = rng.random(4000) < expit(scores - 1)
    folds = make_folds(np.arange(4000), truth, np.arange(4000).astype(str), 5, 0)
    assert np.abs(held_out_probability(Known(), truth, folds) - expit(scores - 1)).max() < 0.05
