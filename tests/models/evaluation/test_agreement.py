import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import cohen_kappa_score

from models.evaluation.agreement import agreement, agreement_statistic

CELL = st.sampled_from([0.0, 1.0, np.nan])


def compare(first, second, clusters=None, replicates=200):
    """One category."""
    mine, theirs = (np.asarray(values, dtype=np.float64)[:, None] for values in (first, second))
    names = [str(row) for row in range(len(mine))] if clusters is None else clusters
    return agreement(["sport"], mine, theirs, names, replicates).get("sport")


@given(arrays(np.float64, (2, 30), elements=CELL))
def test_counts_and_kappa_are_those_of_the_articles_that_both_labelled(values):
    first, second = values
    shared = np.isfinite(first) & np.isfinite(second)
    result = compare(first, second, replicates=2)
    if not shared.any():
        assert result is None
        return
    mine, theirs = first[shared] == 1, second[shared] == 1
    assert result.shared == shared.sum() == result.both_yes + result.only_first + result.only_second + result.both_no
    assert (result.only_first, result.only_second) == ((mine & ~theirs).sum(), (theirs & ~mine).sum())
    assert result.share.value == pytest.approx((mine == theirs).mean())
    if result.constant:
        assert mine.all() or theirs.all() or not (mine.any() and theirs.any())
        assert np.isnan([result.kappa.low, result.kappa.high]).all()
    if len({*mine, *theirs}) == 1:
        assert np.isnan(result.kappa.value)
    else:
        assert result.kappa.value == pytest.approx(cohen_kappa_score(mine, theirs))


def test_a_weight_counts_as_that_many_copies():
    rng = np.random.default_rng(0)
    first, second = rng.choice([0.0, 1.0, np.nan], (2, 40, 3))
    weights = rng.integers(0, 4, 40)
    keys = ["a", "b", "c"]
    weighted = agreement_statistic(keys, first, second)(weights[None, :].astype(float))
    copies = agreement_statistic(keys, np.repeat(first, weights, axis=0), np.repeat(second, weights, axis=0))
    copied = copies(np.ones((1, weights.sum())))
    for name, value in weighted.items():
        assert value == pytest.approx(copied[name], nan_ok=True), name


def test_the_interval_holds_the_kappa_of_the_whole_population():
    rng = np.random.default_rng(1)
    truth = rng.random(20_000) < 0.3
    first, second = (np.where(rng.random(len(truth)) < 0.08, ~truth, truth).astype(float) for _ in range(2))
    whole = cohen_kappa_score(first, second)
    parts = [slice(start, start + 400) for start in range(0, 20_000, 400)]
    intervals = [compare(first[part], second[part]).kappa for part in parts]
    assert np.mean([interval.low <= whole <= interval.high for interval in intervals]) > 0.88


def test_copies_of_a_story_make_no_interval_narrower():
    rng = np.random.default_rng(2)
    first = rng.integers(0, 2, 100).astype(float)
    second = np.where(rng.random(100) < 0.1, 1 - first, first)
    stories = [str(row) for row in range(100)]
    once, thrice = compare(first, second, stories), compare(np.tile(first, 3), np.tile(second, 3), stories * 3)
    assert (once.kappa.low, once.kappa.high) == pytest.approx((thrice.kappa.low, thrice.kappa.high))


def test_where_nothing_differs_the_interval_is_as_wide_as_few_stories_make_it():
    few, many = compare([1, 0, 0, 0], [1, 0, 0, 0]), compare([1, 0, 0, 0] * 100, [1, 0, 0, 0] * 100)
    assert few.share.low == pytest.approx(0.025 ** (1 / 4))
    assert few.kappa.low < 0.1 < 0.95 < many.kappa.low < many.kappa.high == 1
    reprints = compare([1, 0, 0, 0] * 100, [1, 0, 0, 0] * 100, ["a", "b", "c", "d"] * 100)
    assert (reprints.share, reprints.kappa) == (few.share, few.kappa)


@pytest.mark.parametrize(
    ("first", "second", "constant"),
    [
        ([0, 0, 0], [0, 0, 0], "both say only no"),
        ([0, 0, 0], [0, 1, 0], "the first says only no"),
        ([0, 1, 0], [1, 1, 1], "the second says only yes"),
        ([0, 0, 0], [1, 1, 1], "the first says only no and the second says only yes"),
    ],
)
def test_kappa_of_who_always_says_the_same_is_0_without_an_interval_or_undefined_and_why(first, second, constant):
    result = compare(first, second)
    assert result.constant == constant
    assert np.isnan(result.kappa.value) if "both" in constant else result.kappa.value == 0
    assert np.isnan([result.kappa.low, result.kappa.high]).all()
    assert 0 <= result.share.value <= 1


def test_a_category_s_interval_does_not_depend_on_the_others():
    rng = np.random.default_rng(3)
    first, second = rng.choice([0.0, 1.0, np.nan], (2, 60, 3))
    clusters = [str(row // 2) for row in range(60)]
    all_at_once = agreement(["a", "b", "c"], first, second, clusters, 100)
    for column, key in enumerate(all_at_once):
        alone = agreement([key], first[:, [column]], second[:, [column]], clusters, 100)
        assert alone[key] == all_at_once[key]
