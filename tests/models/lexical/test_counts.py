import numpy as np

from models.lexical.counts import BLOCKS, lexical_counts, snowball_stems


def test_forms_of_a_word_share_their_stem_and_yo_is_e():
    assert snowball_stems("Выборы выборов ВЫБОРАМ") == ["выбор"] * 3
    assert snowball_stems("ещё") == snowball_stems("еще")


def test_counts_do_not_depend_on_the_texts_beside():
    texts = ["Парламент принял закон", "Хоккей: победа 3:2", ""]
    together = lexical_counts(texts)
    for name, buckets in BLOCKS.items():
        assert together[name].shape == (3, buckets)
        for row, text in enumerate(texts):
            assert np.array_equal(together[name][row].toarray(), lexical_counts([text])[name].toarray())


def test_only_the_beginning_is_read():
    text = "слово " * 2000
    assert (lexical_counts([text])["char"] != lexical_counts([text + "конец"])["char"]).nnz == 0
