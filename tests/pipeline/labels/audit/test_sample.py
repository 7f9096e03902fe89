import re
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labels.audit.sample import NO_PER_YES, by_lot, draw, first_of, in_all
from pipeline.setup.errors import PipelineError

KEYS = ["politics", "sport", "culture"]


def strata_of(labels):
    """(category, value) → articles, from article → its labels."""
    return {
        (key, value): [article for article, said in labels.items() if said.get(key) == value]
        for key in KEYS
        for value in (1, 0)
    }


LABELS = st.dictionaries(
    st.integers(0, 10_000).map("a{}".format),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from([0, 1])),
    min_size=1,
    max_size=60,
)


@given(LABELS, st.integers(12, 70), st.integers(0, 3))
def test_a_sample_fits_into_its_articles_and_no_larger_one_would(labels, articles, seed):
    strata = strata_of(labels)
    sample = draw(strata, articles, seed) if any(strata.values()) else {}
    ordered = {stratum: by_lot(members, seed) for stratum, members in strata.items()}
    size = max((-(-len(members) // (1 if value else NO_PER_YES)) for (_, value), members in sample.items()), default=0)
    assert not sample or sample == first_of(ordered, size)
    assert len(in_all(sample)) <= articles
    assert in_all(sample) == in_all(strata) or len(in_all(first_of(ordered, size + 1))) > articles


@given(LABELS, st.integers(12, 40))
def test_a_larger_sample_holds_the_smaller_one(labels, articles):
    strata = strata_of(labels)
    if any(strata.values()):
        small, large = draw(strata, articles, 0), draw(strata, 2 * articles, 0)
        assert all(set(small[stratum]) <= set(large[stratum]) for stratum in strata)


def test_categories_share_articles_so_that_fewer_are_read():
    rng = np.random.default_rng(0)
    labels = {f"a{row}": {key: int(rng.random() < 0.1) for key in KEYS} for row in range(3000)}
    sample = draw(strata_of(labels), 200, 0)
    cells = sum(map(len, sample.values()))
    assert 195 <= len(in_all(sample)) <= 200
    assert cells > 2 * 200
    assert {key: (len(sample[key, 1]), len(sample[key, 0])) for key in KEYS} == dict.fromkeys(KEYS, (38, 114))


def test_every_article_of_a_stratum_is_drawn_as_often_as_any_other():
    labels = {f"a{row}": {"sport": int(row % 5 == 0), "culture": int(row % 3 == 0)} for row in range(60)}
    strata = {stratum: members for stratum, members in strata_of(labels).items() if members}
    times = dict.fromkeys(labels, 0)
    for seed in range(2000):
        for article in draw(strata, 16, seed)["sport", 0]:
            times[article] += 1
    drawn = np.array([times[article] for article in strata["sport", 0]])
    assert drawn.std() < 1.5 * np.sqrt(drawn.mean())
    both = [np.mean([times[a] for a in strata["sport", 0] if labels[a]["culture"] == value]) for value in (0, 1)]
    assert both[0] == pytest.approx(both[1], rel=0.06)


def test_another_seed_draws_others_and_the_same_the_same():
    strata = {("sport", 1): [f"a{row}" for row in range(50)], ("sport", 0): [f"b{row}" for row in range(50)]}
    first, again, other = (draw(strata, 20, seed) for seed in (1, 1, 2))
    assert first == again
    assert set(chain(*first.values())) != set(chain(*other.values()))


def test_too_few_articles_for_one_of_each_are_refused_with_the_number_it_takes():
    strata = {("sport", 1): ["a", "b"], ("sport", 0): ["c", "d", "e", "f"]}
    said = "-n 3 articles are too few for 1 categories; give -n 4 or more, or fewer categories with --category"
    with pytest.raises(PipelineError, match=re.escape(said)) as caught:
        draw(strata, 3, 0)
    assert caught.value.exit_code == 2
    assert len(in_all(draw(strata, 4, 0))) == 4
