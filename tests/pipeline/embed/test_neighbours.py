import numpy as np
import pytest

from pipeline.embed.labelled import Labelled
from pipeline.embed.neighbours import Neighbour, nearest_labelled, stored_titles
from tests.pipeline.support.homes import tiny_ids

DEGREES = {"a": 0, "b": 1, "c": 20, "d": 90}  # b is nearly a copy of a


def towards(*degrees):
    angles = np.radians(degrees)
    return np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)


def labels(names="abcd"):
    ids = np.array(list(names), dtype="U1")
    return Labelled(ids, ids != "c", ids, ids), towards(*[DEGREES[name] for name in names])


def titles(ids):
    return {name: f"Заметка {name}" for name in ids}


def test_the_nearest_come_first_copies_among_them_and_never_the_article_itself():
    (near,) = nearest_labelled(*labels(), ["a"], towards(0), titles, 2)
    assert near == (
        Neighbour("b", "Заметка b", label=True, similarity=pytest.approx(np.cos(np.radians(1)))),
        Neighbour("c", "Заметка c", label=False, similarity=pytest.approx(np.cos(np.radians(20)))),
    )


def test_each_article_has_neighbours_of_its_own_and_one_that_is_not_labelled_has_all():
    groups = nearest_labelled(*labels(), ["d", "new"], towards(90, 80), titles, 9)
    assert [[near.id for near in group] for group in groups] == [["c", "b", "a"], ["d", "c", "b", "a"]]


def test_titles_are_asked_for_once_and_only_those_that_are_shown():
    queries = []
    nearest_labelled(*labels(), ["a", "b"], towards(0, 0), lambda ids: queries.append(set(ids)) or titles(ids), 1)
    assert queries == [{"a", "b"}]


def test_where_nothing_is_labelled_there_are_no_neighbours():
    assert nearest_labelled(*labels(""), ["a", "b"], towards(0, 0), titles) == [(), ()]


def test_titles_come_from_the_store(tiny):
    home, _ = tiny
    first, second = tiny_ids()[:2]
    assert stored_titles(home, {second, first}) == {first: "Заметка 0", second: "Заметка 1"}
