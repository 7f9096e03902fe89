import numpy as np

from models.lexical.counts import lexical_counts
from models.near_duplicates import close_pairs, join, same_story

STORY = (
    "Городской парламент принял бюджет на следующий год, расходы на школы вырастут на десять процентов, сообщил спикер."
)
REPRINT = STORY.replace("сообщил спикер", "заявил спикер") + " Об этом пишет портал."
OTHER = "Сборная области по хоккею обыграла соседей и вышла в финал, решающую шайбу забил капитан на последней минуте."


def test_a_reprint_is_the_same_story_and_another_article_is_not():
    stems = lexical_counts([STORY, REPRINT, OTHER])["stem"]
    assert same_story(stems[[0, 0]], stems[[1, 2]]).tolist() == [True, False]


def test_close_pairs_leaves_out_the_article_itself():
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    left, right = close_pairs(vectors, np.array([0, 2]), 0.9)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1)]


def test_chains_of_pairs_are_one_cluster_and_known_names_stay():
    pairs = np.array([0, 1]), np.array([1, 3])
    assert join(["a", "b", "c", "d"], pairs, {"b": "b", "d": "b"}) == ["b", "b", "c", "b"]


def test_two_known_clusters_that_a_new_article_joins_become_one():
    pairs = np.array([2, 2]), np.array([0, 1])
    assert len(set(join(["a", "b", "new"], pairs, {"a": "a", "b": "b"}))) == 1
