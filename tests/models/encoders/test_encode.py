import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.encoders.choose import choose_encoder
from models.encoders.encode import token_batches
from models.encoders.load import load_encoder

LONG = "Министр и тренер в городе: спутник, робот, театр, ставка на рубль. " * 60
TEXTS = [
    "",
    " ",
    "!",
    "матч",
    "Премьера в театре",
    LONG,
    "Банк и закон, что на рубль " * 5,
    "ъ" * 300,
    "матч",
    LONG[:200],
]

LENGTHS = st.lists(st.integers(0, 600), max_size=80).map(lambda lengths: np.array(lengths, np.intp))
BUDGETS = st.integers(1, 2000)


def load(folder, tmp_path, **options):
    spec, _ = choose_encoder(str(folder), **options)
    return load_encoder(spec, tmp_path, device="cpu", batch_tokens=256)


def plain(folder, texts, max_tokens):
    """Vectors as the library makes them."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    model.max_seq_length = max_tokens
    return model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


@pytest.mark.parametrize("max_tokens", [8, 64, 512])
def test_vectors_are_the_librarys(bert, tmp_path, max_tokens):
    vectors = load(bert, tmp_path, max_tokens=max_tokens).encode(TEXTS)
    assert vectors.dtype == np.float32
    assert np.abs(vectors - plain(bert, TEXTS, max_tokens)).max() < 1e-5


def test_bf16_points_the_same_way(bert, tmp_path):
    exact = load(bert, tmp_path).encode(TEXTS)
    rounded = load(bert, tmp_path, precision="bf16").encode(TEXTS)
    assert (exact * rounded).sum(axis=1).min() > 0.999
    assert np.linalg.norm(rounded, axis=1) == pytest.approx(1, abs=1e-6)


def test_a_vector_does_not_depend_on_its_neighbours(bert, tmp_path):
    encoder = load(bert, tmp_path)
    together = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5


def test_nothing_gives_no_rows(bert, tmp_path):
    encoder = load(bert, tmp_path)
    assert encoder.encode([]).shape == (0, encoder.dim)
    assert encoder.dim == 312


def test_token_counts_are_what_the_model_reads(bert, tmp_path):
    counts = load(bert, tmp_path, max_tokens=16).token_counts(["", "матч", LONG])
    assert (counts[0], counts[2]) == (2, 16)
    assert 3 <= counts[1] < 16


def test_models_own_limit_is_kept(tiny_bert, tmp_path):
    encoder = load(tiny_bert, tmp_path, max_tokens=2048)
    assert encoder.token_counts([LONG * 3]) == [512]
    assert np.isfinite(encoder.encode([LONG * 3])).all()


def test_encoding_is_quiet(tiny_bert, tmp_path, capfd):
    load(tiny_bert, tmp_path).encode([LONG * 3])
    assert capfd.readouterr() == ("", "")


@given(LENGTHS, BUDGETS)
def test_every_text_is_in_exactly_one_batch(lengths, budget):
    batches = token_batches(lengths, budget)
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    assert all(len(batch) for batch in batches)


@given(LENGTHS, BUDGETS)
def test_padded_batch_fits_the_budget_or_is_one_text(lengths, budget):
    for batch in token_batches(lengths, budget):
        assert len(batch) == 1 or len(batch) * lengths[batch].max() <= budget


@given(LENGTHS, BUDGETS)
def test_no_batch_could_take_another_text(lengths, budget):
    batches = token_batches(lengths, budget)
    for batch in batches[:-1]:
        assert (len(batch) + 1) * max(1, lengths[batch].max()) > budget


@given(LENGTHS, BUDGETS)
def test_batches_go_from_long_to_short(lengths, budget):
    order = [row for batch in token_batches(lengths, budget) for row in batch]
    assert list(lengths[order]) == sorted(lengths, reverse=True)
