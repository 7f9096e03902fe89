import numpy as np

from models.features import Features
from models.lexical.counts import lexical_counts
from models.suggestion.guess import guess, matches
from tests.models.suggestion.pools import unit

TEXTS = ["театр показал премьеру", "в театрах премьеры", "завод увеличил выпуск", "матч закончился вничью"]


def test_articles_agree_with_the_description_that_shares_their_words():
    features = Features(np.zeros((4, 2), dtype=np.float32), lexical_counts(TEXTS))
    likeness = matches(features, lexical_counts(["театр и премьера", "", "спорт: матч"]))
    assert likeness.shape == (4, 3)
    assert set(np.argsort(-likeness[:, 0])[:2]) == {0, 1}
    assert not likeness[:, 1].any()
    assert likeness[:, 2].argmax() == 3
    assert (likeness >= 0).all()
    assert (likeness <= 2).all()


def test_what_lies_near_the_positives_is_guessed_first_and_nothing_without_a_word():
    directions = unit([[1, 0], [1, 0.2], [0, 1], [-1, 0]])
    none = np.zeros(4, dtype=bool)
    likeness = guess(directions, np.zeros(4), np.array([True, False, False, False]), none)
    assert np.argsort(-likeness).tolist() == [0, 1, 2, 3]
    assert likeness[0] == 1
    assert guess(directions, np.zeros(4), none, none).tolist() == [0] * 4


def test_a_labelled_no_is_no_example_of_the_description():
    directions = unit([[1, 0], [1, 0.1], [0, 1], [-1, 1]])
    match = np.array([0.9, 0.0, 0.1, 0.0])
    none = np.zeros(4, dtype=bool)
    assert guess(directions, match, none, none).argmax() == 1
    corrected = guess(directions, match, none, np.array([True, False, False, False]))
    assert np.argsort(-corrected).tolist() == [2, 3, 1, 0]
