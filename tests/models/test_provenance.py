import numpy as np

from models.likeness import like_labelled
from models.provenance import provenance


def of(yes_by_source, no_by_source, yes_all):
    """Provenance of so many labels of each source, whose head says yes to a share of a hundred articles."""
    truth = np.array([1] * sum(yes_by_source.values()) + [0] * sum(no_by_source.values()), dtype=bool)
    sources = np.array(
        [name for counts in (yes_by_source, no_by_source) for name in counts for _ in range(counts[name])]
    )
    return provenance(truth, sources, np.arange(100) < yes_all)


def test_sources_that_never_had_the_other_label_are_named():
    facts = of({"a": 12, "b": 5, "c": 9}, {"b": 5, "d": 30}, yes_all=30)
    assert (facts.only_yes, facts.only_no, facts.parted) == (("a",), ("d",), False)  # c has nine labels
    assert facts.warning("sport") == ""


def test_a_category_whose_yes_and_no_come_from_different_sources_is_warned_of():
    warning = of({"a": 12}, {"b": 30}, yes_all=30).warning("sport")
    assert warning.startswith("sport: no source has both a yes and a no")
    assert warning.endswith("rubrika suggest --category sport")


def test_far_more_yes_than_labelled_is_warned_of_but_not_a_little_more_nor_a_rare_category():
    labelled = {"a": 30}, {"a": 70}
    assert "says yes to 75% of all articles, 30% are labelled so" in of(*labelled, yes_all=75).warning("sport")
    assert of(*labelled, yes_all=60).warning("sport") == ""
    assert of({"a": 2}, {"a": 98}, yes_all=11).warning("sport") == ""
    assert of({"a": 2}, {"a": 98}, yes_all=13).too_much_yes


def around(axis, n, seed):
    """Vectors near one axis."""
    noise = np.random.default_rng(seed).normal(scale=0.2, size=(n, 16)).astype(np.float32)
    noise[:, axis] += 1
    return noise


def names(n):
    """Clusters of one article each."""
    return np.array([f"c{row}" for row in range(n)])


def test_articles_of_another_kind_than_those_labelled_are_told_apart():
    dense = np.concatenate([around(0, 300, 0), around(0, 100, 1), around(1, 200, 2)])
    like = like_labelled(dense, names(600), np.arange(600) < 300)
    assert like[:300].mean() > 0.97
    assert like[300:400].mean() > 0.9
    assert like[400:].mean() < 0.05


def test_what_was_labelled_by_lot_is_like_the_rest():
    dense = np.concatenate([around(0, 300, 0), around(1, 300, 1)])
    by_lot = np.random.default_rng(2).random(600) < 0.5
    assert like_labelled(dense, names(600), by_lot)[~by_lot].mean() > 0.95


def test_too_few_of_one_side_tell_nothing():
    dense = np.concatenate([around(0, 300, 0), around(1, 20, 1)])
    assert like_labelled(dense, names(320), np.arange(320) < 300).all()
