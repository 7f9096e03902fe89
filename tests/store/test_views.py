import numpy as np
import pyarrow as pa
import pytest
import scipy.sparse as sp

from store.errors import StoreError
from store.lexical import Lexical
from store.vectors import Vectors

BLOCKS = {"char": 64, "stem": 32}


def test_vectors_come_back_in_the_order_asked_for_and_are_never_overwritten(db):
    vectors = Vectors(db, "e1", 4)
    given = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert vectors.add(pa.array(["a", "b", "c"]), given) == 3
    assert vectors.add(pa.array(["a", "d"]), given[:2] + 100) == 1
    assert np.array_equal(vectors.get(pa.array(["c", "a"])), given[[2, 0]])


def test_two_encoders_never_mix(db):
    Vectors(db, "e1", 4).add(pa.array(["a"]), np.ones((1, 4), np.float32))
    assert len(Vectors(db, "e2", 4).ids()) == 0


def test_a_missing_vector_is_said_with_what_to_run(db):
    with pytest.raises(StoreError, match="2 of 2 articles have no vector yet; run: rubrika embed"):
        Vectors(db, "e1", 4).get(pa.array(["a", "b"]))


def test_lexical_counts_come_back_in_the_order_asked_for(db):
    lexical = Lexical(db, "p1", BLOCKS)
    generator = np.random.default_rng(0)
    counts = {
        name: sp.csr_matrix(generator.poisson(0.3, (5, buckets)).astype(np.float64)) for name, buckets in BLOCKS.items()
    }
    lexical.add(pa.array(list("abcde")), counts)
    read = lexical.get(pa.array(list("eac")))
    for name in BLOCKS:
        assert np.array_equal(read[name].toarray(), counts[name].toarray()[[4, 0, 2]])


def test_counts_too_large_are_capped_not_wrapped(db):
    lexical = Lexical(db, "p1", {"char": 4})
    lexical.add(pa.array(["a"]), {"char": sp.csr_matrix([[0, 70_000, 0, 2.0]])})
    assert lexical.get(pa.array(["a"]))["char"].toarray().tolist() == [[0, 65_535, 0, 2]]


def test_missing_lexical_features_are_said_with_what_to_run(db):
    with pytest.raises(StoreError, match="1 of 1 articles have no lexical features yet; run: rubrika embed"):
        Lexical(db, "p1", BLOCKS).get(pa.array(["a"]))


def test_no_articles_have_no_features(db):
    assert Lexical(db, "p1", BLOCKS).get(pa.array([], pa.string()))["char"].shape == (0, 64)
