import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sk

from models.evaluation.macro import averaged_keys
from models.evaluation.metrics import averaged_statistic, binary_metrics, binary_statistic
from models.evaluation.overlaps import Confusion, CoOccurrence, cardinality, co_occurrence, confusions
from models.evaluation.registry import NAMES
from models.evaluation.weighted import equal_mass_bins

NAN = float("nan")
weighted = st.lists(st.tuples(st.integers(0, 10), st.booleans(), st.integers(0, 4)), min_size=2, max_size=60).filter(
    lambda rows: {truth for _, truth, weight in rows if weight} == {True, False}
)


def arrays(rows):
    score, truth, weight = (np.array(column) for column in zip(*rows, strict=True))
    return score / 10, truth, weight.astype(float)


@given(weighted)
def test_weighted_figures_are_those_of_scikit_learn(rows):
    probability, truth, weight = arrays(rows)
    decided = probability >= 0.5
    figures = {name: values[1] for name, values in run(truth, probability, decided, [np.ones(len(truth)), weight])}
    assert figures["average_precision"] == pytest.approx(
        sk.average_precision_score(truth, probability, sample_weight=weight)
    )
    assert figures["roc_auc"] == pytest.approx(sk.roc_auc_score(truth, probability, sample_weight=weight))
    assert figures["recall"] == pytest.approx(sk.recall_score(truth, decided, sample_weight=weight))
    assert figures["f1"] == pytest.approx(sk.f1_score(truth, decided, sample_weight=weight))
    assert figures["brier"] == pytest.approx(sk.brier_score_loss(truth, probability, sample_weight=weight))
    if weight[decided].sum():
        assert figures["precision"] == pytest.approx(sk.precision_score(truth, decided, sample_weight=weight))
    assert [figures[name] for name in ("tn", "fp", "fn", "tp")] == pytest.approx(
        sk.confusion_matrix(truth, decided, sample_weight=weight).ravel()
    )


def run(truth, probability, decided, weights):
    return binary_statistic(truth, probability, decided)(np.array(weights)).items()


@given(weighted)
def test_an_article_drawn_twice_counts_as_two_articles(rows):
    probability, truth, weight = arrays(rows)
    times = weight.astype(int)
    drawn = binary_metrics(np.repeat(truth, times), np.repeat(probability, times), np.repeat(probability > 0.4, times))
    figures = {name: values[0] for name, values in run(truth, probability, probability > 0.4, [weight])}
    for name in set(NAMES) - {"ece"}:
        assert figures[name] == pytest.approx(drawn.figures[name], nan_ok=True)


def test_what_is_undefined_is_nan():
    only_no = binary_metrics(np.array([False, False]), np.array([0.2, 0.4]), np.array([False, False]))
    ranking_and_verdicts = ("average_precision", "roc_auc", "precision", "recall", "f1")
    assert np.isnan([only_no.figures[name] for name in ranking_and_verdicts]).all()
    assert only_no.figures["brier"] == pytest.approx(0.1)
    assert (only_no.positives, only_no.negatives, only_no.counts["tn"]) == (0, 2, 2)
    nothing = binary_metrics(np.zeros(0, bool), np.zeros(0), np.zeros(0, bool))
    assert np.isnan([nothing.figures[name] for name in NAMES]).all()


def test_a_head_that_says_no_to_everything_has_f1_zero_but_no_precision():
    figures = binary_metrics(np.array([True, False]), np.array([0.4, 0.2]), np.array([False, False])).figures
    assert (figures["f1"], figures["recall"]) == (0, 0)
    assert np.isnan(figures["precision"])


def test_calibration_error_is_the_mean_gap_over_bins_of_equal_size():
    probability = np.repeat([0.1, 0.9], 50)
    truth = np.concatenate([np.arange(50) < 5, np.arange(50) < 40])
    assert binary_metrics(truth, probability, probability > 0.5).figures["ece"] == pytest.approx(0.5 * 0 + 0.5 * 0.1)


@given(st.lists(st.integers(0, 15), min_size=1, max_size=80))
def test_bins_follow_the_order_and_never_part_equals(scores):
    probability = np.array(scores) / 15
    bins = equal_mass_bins(probability)
    assert ((bins >= 0) & (bins < 10)).all()
    for i, j in zip(*np.triu_indices(len(scores)), strict=True):
        assert (bins[i] == bins[j]) if scores[i] == scores[j] else True
        assert (bins[i] <= bins[j]) if scores[i] <= scores[j] else (bins[i] >= bins[j])


TRUTH = np.array([[1, 0, NAN], [1, 1, 0], [0, 1, 0], [NAN, NAN, 1], [NAN, NAN, NAN]])
DECIDED = np.array([[1, 0, 1], [1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], dtype=bool)
KEYS = ["politics", "economy", "sport"]


def averages(keys, truth, probability, decided):
    """All figures of the articles as they are."""
    figures = averaged_statistic(keys, truth, probability, decided)(np.ones((1, len(truth))))
    return {name: values[0] for name, values in figures.items()}


def test_an_article_is_right_when_all_its_known_labels_are():
    figures = averages(KEYS, TRUTH, DECIDED * 0.8 + 0.1, DECIDED)
    assert figures["subset_accuracy"] == pytest.approx(2 / 4)
    assert figures["hamming_loss"] == pytest.approx(2 / 9)
    assert figures["micro.precision"] == pytest.approx(4 / 5)
    assert figures["macro.recall"] == pytest.approx((1 + 1 / 2 + 1) / 3)


def test_an_article_has_as_many_categories_as_their_shares_among_known_labels_add_up_to():
    has_label = np.isfinite(TRUTH)
    assert cardinality(TRUTH == 1, has_label) == pytest.approx(2 / 3 + 2 / 3 + 1 / 3)
    assert (
        cardinality(DECIDED, has_label)
        == cardinality(DECIDED & has_label, has_label)
        == pytest.approx(1 + 1 / 3 + 1 / 3)
    )


def test_nothing_depends_on_what_is_said_of_unknown_labels():
    other = np.where(np.isnan(TRUTH), ~DECIDED, DECIDED)
    assert averages(KEYS, TRUTH, DECIDED * 0.8 + 0.1, DECIDED) == averages(KEYS, TRUTH, other * 0.8 + 0.1, other)


def test_a_category_without_positives_leaves_the_macro_average_to_the_others():
    truth = np.array([[1.0, 0.0], [0.0, 0.0]])
    decided = np.array([[True, False], [False, False]])
    assert averages(["sport", "culture"], truth, decided * 0.9, decided)["macro.average_precision"] == 1


def test_the_statistic_names_every_category_and_average():
    names = averaged_statistic(KEYS, TRUTH, DECIDED * 0.8, DECIDED)(np.ones((3, 5)))
    assert {"politics.f1", "sport.tp", "macro.roc_auc", "micro.f1", "subset_accuracy", "hamming_loss"} <= set(names)
    assert {values.shape for values in names.values()} == {(3,)}


def test_overlaps_count_only_articles_labelled_for_both():
    assert co_occurrence(KEYS, TRUTH) == (CoOccurrence(first="politics", second="economy", articles=1, known=3),)
    assert confusions(KEYS, TRUTH, DECIDED) == (Confusion(said="politics", true="economy", articles=1),)


def test_every_model_is_averaged_over_the_same_categories():
    truth = np.array([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    bold, shy = np.ones((4, 3), dtype=bool), np.zeros((4, 3), dtype=bool)
    for decided, precision, f1 in ((bold, 0.5, 2 / 3), (shy, 0.0, 0.0)):
        figures = averages(KEYS, truth, decided * 0.9, decided)
        assert (figures["macro.precision"], figures["macro.f1"]) == (pytest.approx(precision), pytest.approx(f1))
        assert figures["macro.average_precision"] == pytest.approx(0.5)
    assert averaged_keys(KEYS, truth) == ["politics"]


def test_a_resample_without_a_categorys_articles_leaves_it_out_for_every_model():
    weights = np.array([[1.0, 1, 1, 1], [2.0, 0, 0, 2]])
    truth = np.array([[1.0, 1.0], [0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    decided = np.array([[True, True], [True, True], [True, False], [False, False]])
    figures = averaged_statistic(KEYS[:2], truth, decided * 0.9, decided)(weights)
    assert figures["macro.precision"] == pytest.approx([(2 / 3 + 1 / 2) / 2, 1.0])
    assert figures["macro.recall"] == pytest.approx([(1 + 1 / 2) / 2, 1.0])


def test_no_category_with_both_kinds_of_articles_has_no_average():
    truth = np.zeros((3, 2))
    figures = averages(KEYS[:2], truth, truth + 0.1, truth > 1)
    assert np.isnan([figures[f"macro.{name}"] for name in NAMES]).all()


def test_wrong_yes_where_nothing_is_in_the_category_has_no_f1():
    assert np.isnan(binary_metrics(np.zeros(2, bool), np.array([0.9, 0.1]), np.array([True, False])).figures["f1"])
