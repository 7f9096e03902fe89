import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import ModelError
from models.features import Features
from models.heads.candidates import candidates
from models.heads.head import Examples, Recipe, fit_head
from models.lexical.counts import lexical_counts
from models.lexical.words import counts_by_word

WORDS = ["матч", "тренер", "клуб", "счёт", "театр", "роман", "музей", "сцена", "рынок", "банк"]
TEXT = "Тренер «Санкт-Петербурга» доволен: 3:2!\nТеатр, театр… и РЫНОК — ёлка"


@pytest.fixture(scope="module")
def corpus():
    """Texts about sport and culture with noisy vectors, and which are about sport."""
    rng = np.random.default_rng(0)
    sport = np.arange(120) % 2 == 0
    pick = [WORDS[:4] if yes else WORDS[4:8] for yes in sport]
    texts = [" ".join(rng.choice([*mine, *WORDS[8:]], 6)) for mine in pick]
    vectors = rng.normal(size=(120, 8)) + sport[:, None]
    dense = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return texts, sport, Features(dense, lexical_counts(texts))


def fitted(kind, corpus):
    _, truth, features = corpus
    examples = Examples(features, truth, np.arange(120).astype(str), np.arange(120) % 5 == 0)
    return fit_head(examples, candidates([kind])[:1], Recipe(2, 0, "best-f1", 0.9))[0]


@pytest.fixture(scope="module")
def hybrid(corpus):
    return fitted("hybrid", corpus)


def features_of(text, dense):
    return Features(dense, lexical_counts([text]))


@settings(max_examples=60)
@given(text=st.text(alphabet="абвё АБ .,—«»-3\n\tİßΣ_́", max_size=60))
def test_the_counts_of_the_words_add_up_to_those_of_the_text(text):
    said, whole = counts_by_word(text), lexical_counts([text])
    for name, rows in said.blocks.items():
        assert rows.shape[0] == len(said.words)
        rounding = 0.5 + 1e-9 if name == "theme" else 1e-9
        assert abs(rows.sum(axis=0) - whole[name].toarray()).max() < rounding


def test_a_pair_of_stems_is_half_of_each_word():
    said = counts_by_word("алый бант").blocks["stem"]
    assert sorted(said.sum(axis=1).ravel().tolist()[0]) == [1.5, 1.5]


def test_words_lose_the_punctuation_around_them_and_only_that():
    assert counts_by_word(TEXT).words[:4] == ["тренер", "санкт-петербурга", "доволен", "3:2"]


@pytest.mark.parametrize("text", [TEXT, "матч", "слово " * 2000, "— —", "а" * 1200])
def test_words_vector_and_intercept_add_up_to_the_score(hybrid, corpus, text):
    features = features_of(text, corpus[2].dense[:1])
    said = hybrid.take_apart(features, counts_by_word(text))
    assert said.score == pytest.approx(hybrid.scorer.scores(features)[0], abs=1e-4)


def test_they_add_up_on_every_text_the_head_learned_from(hybrid, corpus):
    texts, _, features = corpus
    for row, text in enumerate(texts):
        said = hybrid.take_apart(features.take(np.array([row])), counts_by_word(text))
        assert said.score == pytest.approx(hybrid.scorer.scores(features)[row], abs=1e-4)


def test_they_add_up_where_counts_were_capped_when_they_were_cached(hybrid, corpus):
    text = "матч " * 600
    counts = {name: block.copy() for name, block in lexical_counts([text]).items()}
    for block in counts.values():
        block.data = np.minimum(block.data, 255)
    features = Features(corpus[2].dense[:1], counts)
    said = hybrid.take_apart(features, counts_by_word(text))
    assert said.score == pytest.approx(hybrid.scorer.scores(features)[0], abs=1e-4)


def test_the_words_of_a_category_speak_for_it_and_those_of_another_against(hybrid, corpus):
    text = "тренер и театр"
    words = dict(hybrid.take_apart(features_of(text, corpus[2].dense[:1]), counts_by_word(text)).words)
    assert words["тренер"] > 0.1
    assert words["театр"] < -0.1
    assert abs(words["и"]) < 0.05


def test_a_word_that_is_repeated_is_named_once_and_the_strongest_come_first(hybrid, corpus):
    text = "Матч, матч! МАТЧ: театр"
    said = hybrid.take_apart(features_of(text, corpus[2].dense[:1]), counts_by_word(text))
    assert sorted(word for word, _ in said.words) == ["матч", "театр"]
    assert [abs(value) for _, value in said.strongest(2)] == sorted(
        (abs(value) for _, value in said.words), reverse=True
    )
    assert len(said.strongest(1)) == 1


def test_a_head_that_reads_the_vector_alone_has_no_words(corpus):
    head = fitted("logistic", corpus)
    features = features_of(TEXT, corpus[2].dense[:1])
    said = head.take_apart(features, counts_by_word(TEXT))
    assert said.words == ()
    assert said.score == pytest.approx(head.scorer.scores(features)[0], abs=1e-4)


def test_trees_add_nothing_up(corpus):
    assert fitted("lightgbm", corpus).take_apart(corpus[2].take(np.array([0])), counts_by_word("матч")) is None


def test_features_of_another_text_are_refused(hybrid, corpus):
    with pytest.raises(ModelError, match="the lexical features are not of this text; make them again: rubrika embed"):
        hybrid.take_apart(features_of("рынок", corpus[2].dense[:1]), counts_by_word("матч"))
