import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.splits import TEST, TRAIN, VALIDATION, assign_parts

days = st.one_of(st.none(), st.integers(0, 400))
crawl = st.lists(st.tuples(days, st.integers(0, 30)), min_size=1, max_size=60)


def parts_of(articles, assigned=None):
    ids = [f"a{row}" for row in range(len(articles))]
    dates = np.array(["NaT" if day is None else np.datetime64("2024-01-01") + day for day, _ in articles], "M8[us]")
    clusters = [f"c{cluster}" for _, cluster in articles]
    return assign_parts(ids, dates, clusters, assigned or {}, 0.2, 0.15)


def alone(articles):
    return [(day, row + 1000) for row, (day, _) in enumerate(articles)]


@given(crawl)
def test_near_duplicates_stay_on_one_side(articles):
    parts = parts_of(articles)
    for cluster in {cluster for _, cluster in articles}:
        assert len({part for part, (_, own) in zip(parts, articles, strict=True) if own == cluster}) == 1


@given(crawl)
def test_no_tested_article_is_older_than_one_that_trains(articles):
    parts = parts_of(alone(articles))
    dated = [(day, part == TEST) for (day, _), part in zip(articles, parts, strict=True) if day is not None]
    tested, rest = [day for day, test in dated if test], [day for day, test in dated if not test]
    assert len(tested) == round(0.2 * len(dated))
    assert not tested or not rest or min(tested) >= max(rest)


@given(crawl, crawl)
def test_what_was_test_once_stays_test(first, later):
    before = parts_of(first)
    assigned = {f"a{row}": str(part) for row, part in enumerate(before)}
    after = parts_of(first + later, assigned)
    assert all(after[row] == TEST for row in range(len(first)) if before[row] == TEST)


def test_articles_without_a_date_go_by_the_hash_of_their_id_alone():
    undated = [(None, row) for row in range(3000)]
    parts = parts_of(undated)
    assert np.array_equal(parts[:1000], parts_of(undated[:1000]))
    shares = {part: np.mean(parts == part) for part in (TRAIN, VALIDATION, TEST)}
    assert abs(shares[TEST] - 0.2) < 0.03
    assert abs(shares[VALIDATION] - 0.15) < 0.03


def test_a_crawl_of_one_moment_is_not_all_test():
    parts = parts_of([(7, row) for row in range(100)])
    assert np.sum(parts == TEST) == 20
