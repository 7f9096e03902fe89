import numpy as np
import pytest

from models.evaluation.audit import Checked, audited

YES, NO = 400, 3600  # labels of each value in the population


def sampled(rng, precision, recall, n_yes, n_no):
    """A check of a random sample from a population of known precision and recall."""
    inside = round(YES * precision)
    missed = round(inside / recall) - inside
    right = rng.hypergeometric(inside, YES - inside, n_yes)
    wrong = rng.hypergeometric(missed, NO - missed, n_no)
    truth = {
        "precision": inside / YES,
        "recall": inside / (inside + missed),
        "prevalence": (inside + missed) / (YES + NO),
    }
    return truth, Checked(YES, n_yes, int(right)), Checked(NO, n_no, int(wrong))


@pytest.mark.parametrize(("precision", "recall"), [(0.9, 0.9), (0.75, 0.6), (0.97, 0.97), (0.5, 0.95)])
def test_intervals_hold_the_truth_about_as_often_as_they_say(precision, recall):
    rng = np.random.default_rng(7)
    held = {"precision": [], "recall": [], "prevalence": []}
    for _ in range(150):
        truth, yes, no = sampled(rng, precision, recall, 50, 150)
        for name, interval in vars(audited(yes, no)).items():
            held[name].append(interval.low <= truth[name] <= interval.high)
    assert all(np.mean(hits) > 0.89 for hits in held.values()), {name: np.mean(hits) for name, hits in held.items()}


def test_recall_is_corrected_for_yes_being_drawn_more_densely():
    rng = np.random.default_rng(8)
    corrected, naive = [], []
    for _ in range(100):
        truth, yes, no = sampled(rng, 0.9, 0.7, 50, 150)
        corrected.append(audited(yes, no).recall.value)
        naive.append(yes.positive / (yes.positive + no.positive))
    assert np.mean(corrected) == pytest.approx(truth["recall"], abs=0.03)
    assert np.mean(naive) > truth["recall"] + 0.15


def test_what_was_checked_to_the_last_label_is_known_exactly():
    estimate = audited(Checked(40, 40, 30), Checked(160, 160, 10))
    for interval, value in ((estimate.precision, 0.75), (estimate.recall, 0.75), (estimate.prevalence, 0.2)):
        assert (interval.low, interval.value, interval.high) == pytest.approx((value, value, value))


def test_no_error_found_does_not_mean_that_there_is_none():
    estimate = audited(Checked(400, 30, 30), Checked(3600, 90, 0))
    assert (estimate.precision.value, estimate.precision.high, estimate.recall.value, estimate.recall.high) == (
        1,
        1,
        1,
        1,
    )
    assert 0.85 < estimate.precision.low < 0.95
    assert 0.6 < estimate.recall.low < 0.9
    more = audited(Checked(400, 100, 100), Checked(3600, 900, 0))
    assert more.recall.low > estimate.recall.low + 0.1


@pytest.mark.parametrize(
    ("yes", "no", "defined"),
    [
        (Checked(400, 0, 0), Checked(3600, 50, 1), set()),
        (Checked(400, 50, 45), Checked(3600, 0, 0), {"precision"}),
        (Checked(0, 0, 0), Checked(3600, 50, 1), {"recall", "prevalence"}),
        (Checked(400, 50, 45), Checked(0, 0, 0), {"precision", "recall", "prevalence"}),
        (Checked(0, 0, 0), Checked(3600, 50, 0), {"prevalence"}),
    ],
)
def test_a_figure_that_the_answers_say_nothing_of_is_none(yes, no, defined):
    estimate = vars(audited(yes, no))
    assert {name for name, interval in estimate.items() if np.isfinite(interval.value)} == defined
    for interval in estimate.values():
        assert np.isnan(interval.value) or interval.low <= interval.value <= interval.high
        assert np.isfinite([interval.low, interval.high]).all() == np.isfinite(interval.value)


def test_the_same_answers_give_the_same_interval():
    yes, no = Checked(400, 50, 45), Checked(3600, 150, 2)
    assert audited(yes, no) == audited(yes, no)
