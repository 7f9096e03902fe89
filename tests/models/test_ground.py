import numpy as np
import pytest

from models.ground import LEAST_VECTORS, MOST_VECTORS, learn_ground, reads_as_russian


def around(axis, n, dim=16, seed=0):
    """Unit vectors near one axis."""
    noise = np.random.default_rng(seed).normal(scale=0.15, size=(n, dim))
    noise[:, axis] += 1
    return (noise / np.linalg.norm(noise, axis=1, keepdims=True)).astype(np.float32)


def stories(n):
    """Clusters of one article each."""
    return np.array([f"c{row}" for row in range(n)])


def test_articles_of_the_kind_labelled_stand_on_the_ground_and_those_of_another_kind_do_not():
    ground = learn_ground(around(0, 400), stories(400), seed=0)
    assert ground.unlike(around(0, 1000, seed=1)).mean() < 0.05
    assert ground.unlike(around(1, 100, seed=2)).all()
    assert not ground.unlike(np.empty((0, 16), dtype=np.float32)).any()


def test_copies_of_one_story_do_not_raise_the_floor():
    vectors = around(0, 100)
    twice = np.concatenate([vectors, vectors])
    clusters = np.concatenate([stories(100), stories(100)])
    assert learn_ground(twice, clusters, seed=0).floor == learn_ground(vectors, stories(100), seed=0).floor < 0.99
    one_story = learn_ground(vectors, np.full(100, "c"), seed=0)
    assert not one_story.unlike(around(1, 10)).any()


def test_few_labels_are_no_ground_and_of_many_a_lot_is_kept():
    few = learn_ground(around(0, LEAST_VECTORS - 1), stories(LEAST_VECTORS - 1), seed=0)
    assert (len(few.vectors), few.floor) == (0, -1)
    assert not few.unlike(around(1, 10)).any()
    many = learn_ground(around(0, MOST_VECTORS + 500), stories(MOST_VECTORS + 500), seed=0)
    assert many.vectors.shape == (MOST_VECTORS, 16)


@pytest.mark.parametrize(
    ("text", "russian"),
    [
        ("Матч", True),
        ("Apple представила iPhone 15 Pro", True),
        ("The central bank raised its key rate, says Иван.", False),
        ("⚽🏆", False),
        ("12 345", False),
        ("", False),
    ],
)
def test_russian_is_told_by_its_words(text, russian):
    assert reads_as_russian(text) is russian
