import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.learning_curve.draws import draw_repeat, training_sizes

CLUSTERS = st.lists(st.integers(0, 30).map(str), min_size=2, max_size=80).filter(lambda names: len(set(names)) > 1)


@given(CLUSTERS, st.integers(0, 5), st.integers(0, 5))
def test_every_article_is_on_one_side_and_a_story_never_on_both(names, seed, repeat):
    clusters = np.array(names)
    drawn = draw_repeat(clusters, 0.25, seed, repeat)
    assert sorted([*drawn.order, *drawn.held_out]) == list(range(len(names)))
    assert not set(clusters[drawn.order]) & set(clusters[drawn.held_out])
    assert len(drawn.held_out)


def test_a_draw_is_the_same_every_time_and_another_for_each_repeat():
    clusters = np.arange(400).astype(str)
    first, again, other = (draw_repeat(clusters, 0.25, 0, repeat) for repeat in (1, 1, 2))
    assert first.order.tolist() == again.order.tolist()
    assert first.held_out.tolist() == again.held_out.tolist()
    assert set(first.held_out) != set(other.held_out)
    assert len(first.held_out) == 100


@pytest.mark.parametrize(
    ("most", "sizes"),
    [
        (49, []),
        (50, [50]),
        (90, [50, 70, 90]),
        (310, [50, 70, 100, 140, 200, 310]),
        (2522, [50, 70, 100, 140, 200, 280, 400, 570, 800, 1100, 1600, 2522]),
    ],
)
def test_sizes_grow_by_the_root_of_two_up_to_all(most, sizes):
    assert training_sizes(most) == sizes
