import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from models.suggestion.most_useful import most_useful
from tests.models.suggestion.pools import make_pool, unit

POOLS = st.builds(
    lambda n, heads, seed: random_pool(n, heads, seed), st.integers(1, 40), st.integers(0, 3), st.integers(0, 9)
)


def random_pool(n, heads, seed):
    """Some clusters of several articles, some labels, three categories of which so many have a head."""
    rng = np.random.default_rng(seed)
    labels = np.where(rng.random((n, 3)) < 0.3, rng.integers(0, 2, (n, 3)), np.nan)
    probability = np.where(np.arange(3) < heads, rng.random((n, 3)), np.nan)
    clusters = np.array([f"c{name}" for name in rng.integers(0, max(1, n // 2), n)])
    parts = {"labels": labels, "probability": probability, "clusters": clusters, "matches": rng.random((n, 3))}
    return make_pool(n, 3, seed, choosable=np.isnan(labels).any(axis=1), **parts)


@settings(max_examples=50)
@given(POOLS, st.integers(1, 50))
def test_so_many_articles_as_asked_each_once_and_only_those_that_can_be_chosen(pool, n):
    choice = most_useful(pool, n)
    assert len(choice.rows) == len(set(choice.rows.tolist())) == min(n, pool.choosable.sum())
    assert pool.choosable[choice.rows].all()
    assert len(choice.worth.total) == len(choice.rows)
    assert most_useful(pool, n).rows.tolist() == choice.rows.tolist()


@settings(max_examples=50)
@given(POOLS)
def test_of_one_event_one_article_before_every_other_event_has_had_its_turn(pool):
    clusters = pool.clusters[most_useful(pool, len(pool.labels)).rows]
    events = len(set(clusters))
    assert len(set(clusters[:events])) == events


def test_what_a_head_doubts_comes_first():
    probability = np.full((60, 1), 0.01)
    probability[7] = 0.5
    assert most_useful(make_pool(categories=1, probability=probability), 5).rows[0] == 7


def test_what_two_heads_doubt_comes_before_what_one_doubts():
    probability = np.full((60, 2), 0.01)
    probability[3, 0] = probability[9] = 0.5
    assert most_useful(make_pool(probability=probability), 2).rows.tolist() == [9, 3]


def test_among_equally_doubtful_articles_neighbours_of_a_chosen_one_wait():
    vectors = unit(np.repeat(np.eye(6), 10, axis=0) + np.random.default_rng(0).normal(scale=0.01, size=(60, 6)))
    chosen = most_useful(make_pool(vectors=vectors), 6).rows
    assert sorted(row // 10 for row in chosen.tolist()) == list(range(6))


def test_without_any_head_every_part_of_the_news_is_seen_once():
    vectors = unit(np.repeat(np.eye(6), 10, axis=0) + np.random.default_rng(0).normal(scale=0.01, size=(60, 6)))
    chosen = most_useful(make_pool(vectors=vectors, probability=np.full((60, 2), np.nan)), 6).rows
    assert sorted(row // 10 for row in chosen.tolist()) == list(range(6))


def test_a_hundred_copies_of_one_article_do_not_break_the_groups():
    same = unit(np.ones((100, 6)))
    chosen = most_useful(make_pool(100, vectors=same, probability=np.full((100, 2), np.nan)), 30).rows
    assert len(set(chosen.tolist())) == 30
