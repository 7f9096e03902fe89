import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.encoders.batches import token_batches

LENGTHS = st.lists(st.integers(0, 600), max_size=80).map(lambda lengths: np.array(lengths, np.intp))
BUDGETS = st.integers(1, 2000)


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
