import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from models.features import Features
from models.heads.candidates import Candidate
from models.heads.choose import make_folds
from models.heads.head import Examples
from models.label_errors import doubt_labels, find_label_errors

HYBRID = Candidate("hybrid", {"loss": "squared_hinge", "C": 1.0, "dense_weight": 0.5, "theme_weight": 0.5})
N = 240


@pytest.fixture(scope="module")
def clean():
    """Articles whose label is in a dense direction and in one word."""
    rng = np.random.default_rng(0)
    truth = np.arange(N) % 4 == 0
    dense = rng.normal(size=(N, 16)) + 1.2 * truth[:, None]
    counts = rng.poisson(0.2, (N, 64)).astype(np.float32)
    counts[:, 5] += truth * rng.poisson(2.5, N)
    lexical = {"char": sp.csr_matrix(counts), "stem": sp.csr_matrix(counts[:, :32])}
    dense = (dense / np.linalg.norm(dense, axis=1, keepdims=True)).astype(np.float32)
    return Examples(Features(dense, lexical), truth, np.arange(N).astype(str), np.zeros(N, dtype=bool))


def flipped(examples, rows):
    truth = examples.truth.copy()
    truth[rows] = ~truth[rows]
    return Examples(examples.features, truth, examples.clusters, examples.validation)


def find(examples):
    folds = make_folds(np.arange(N), examples.truth, examples.clusters, 5, 0)
    return find_label_errors(examples, HYBRID, folds)


def test_planted_errors_come_first_and_are_suspected(clean):
    planted = np.random.default_rng(3).permutation(N)[:12]
    found = find(flipped(clean, planted))
    first = np.argsort(found.quality)[:12]
    assert len(set(first) & set(planted)) >= 11
    assert found.suspected[planted].mean() > 0.8
    assert found.suspected.sum() < 16
    assert found.wrong_share == pytest.approx(12 / N, abs=0.02)


def test_clean_labels_are_hardly_suspected(clean):
    found = find(clean)
    assert found.suspected.sum() <= 2
    assert found.wrong_share < 0.02


def test_the_same_labels_are_doubted_the_same_way_and_nothing_is_printed(clean, capfd):
    first, again = find(clean), find(clean)
    assert all(np.array_equal(getattr(first, name), getattr(again, name)) for name in vars(first))
    assert capfd.readouterr() == ("", "")


LABELS = st.integers(2, 30).flatmap(
    lambda n: st.tuples(
        st.lists(st.booleans(), min_size=n, max_size=n).filter(lambda said: 2 <= sum(said) <= len(said) - 2),
        st.lists(st.floats(0, 1), min_size=n, max_size=n),
    )
)


@settings(max_examples=60)
@given(LABELS.filter(lambda drawn: len(drawn[0]) >= 4))
def test_only_labels_that_are_less_likely_than_the_other_are_suspected(drawn):
    truth, probability = np.array(drawn[0]), np.array(drawn[1])
    found = doubt_labels(truth, probability)
    assert found.quality == pytest.approx(np.where(truth, probability, 1 - probability))
    assert (found.quality[found.suspected] < 0.5 + 1e-9).all()
    assert 0 <= found.wrong_share <= 1
