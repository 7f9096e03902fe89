import hashlib

import numpy as np
import pytest

from models.lexical.themes import (
    CODEBOOK,
    NEAREST,
    PROTOCOL,
    SIF,
    THEMES,
    UNIT,
    codebook,
    lexicon,
    theme_counts,
    vectors_of,
)


def test_the_codebook_is_the_one_that_the_protocol_names():
    assert hashlib.sha256(CODEBOOK.read_bytes()).hexdigest()[:16] == PROTOCOL["codebook"]
    assert codebook()["centres"].shape == (THEMES, 300)


def by_definition(words):
    """Themes of a text, one word after another."""
    book, total = codebook(), np.zeros(THEMES)
    for word in words:
        row = lexicon().row_of[word]
        vector = vectors_of(np.array([row]))[0] - book["mean"]
        cosines = book["centres"] @ (vector / np.linalg.norm(vector))
        nearest = np.argsort(-cosines)[:NEAREST]
        share = np.maximum(cosines[nearest], 0) ** 2
        total[nearest] += UNIT * SIF / (SIF + lexicon().frequency[row]) * share / share.sum()
    return np.rint(total)


def test_a_word_is_divided_among_its_five_nearest_themes():
    words = ["еще", "один", "гол", "форварда", "санкт-петербург"]
    counts = theme_counts(["Ещё один ГОЛ форварда? Санкт-Петербург! Несловоэтосовсем"])
    assert np.array_equal(counts.toarray()[0], by_definition(words))


def test_words_that_mean_alike_share_their_themes_and_others_do_not():
    vectors = theme_counts(["хоккеист забил шайбу", "футболист отметился голом", "депутаты одобрили законопроект"])
    rows = vectors.toarray() / np.linalg.norm(vectors.toarray(), axis=1, keepdims=True)
    alike, different = rows[0] @ rows[1], rows[0] @ rows[2]
    assert alike > 0.3 > different


def test_a_frequent_word_says_little():
    frequent, rare = theme_counts(["и", "биатлон"]).sum(axis=1).ravel().tolist()[0]
    assert frequent < 5 < UNIT - 4 < rare <= UNIT + NEAREST


@pytest.mark.parametrize("text", ["", "— 42!", "xyzzyzyzzy"])
def test_a_text_without_known_words_has_no_themes(text):
    assert theme_counts([text]).nnz == 0 or text == "— 42!"
