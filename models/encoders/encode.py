"""Encoding: texts in, L2-normalised vectors out, in batches that waste little on padding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.arrays import Floats, Rows
from models.encoders.spec import EncoderSpec

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_TOKENS = 4096  # on processors budgets of 2,048 to 4,096 were fastest: they stay in the cache (docs/decisions.md)


@dataclass(frozen=True)
class Encoder:
    """A loaded encoder.

    Parameters
    ----------
    spec
        What was loaded.
    model
        The model, on its device and in its precision.
    batch_tokens
        Most padded tokens of a batch.
    """

    spec: EncoderSpec
    model: SentenceTransformer
    batch_tokens: int = BATCH_TOKENS

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Floats:
        """Turn texts into vectors.

        Returns
        -------
        ndarray
            (n_texts, dim) float32 in the order of ``texts``, L2-normalised; a text in which a static encoder knows no
            word is all zeros.
        """
        vectors = np.empty((len(texts), self.dim), np.float32)
        for rows in token_batches(self.token_counts(texts), self.batch_tokens):
            batch = [texts[row] for row in rows]
            # One batch a call: the library would cut it again by its own number of rows.
            encoded = self.model.encode(
                batch, batch_size=len(batch), convert_to_tensor=True, show_progress_bar=False, normalize_embeddings=True
            )
            vectors[rows] = encoded.float().cpu().numpy()
        # bf16 rounds each component, so lengths are set right once more, in float32
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors

    def token_counts(self, texts: Sequence[str]) -> Rows:
        """Tokens of each text as the model reads it, cut to ``max_tokens``: (n_texts,)."""
        from tokenizers import Tokenizer

        if not texts:
            return np.empty(0, np.intp)
        tokenizer = self.model.tokenizer
        if isinstance(tokenizer, Tokenizer):
            encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
            return np.array([len(row) for row in encoded], np.intp)  # truncation is set on the tokenizer itself
        limit = self.model.max_seq_length
        rows = tokenizer(list(texts), truncation=True, max_length=limit, return_attention_mask=False)["input_ids"]
        return np.array([len(row) for row in rows], np.intp)


def token_batches(lengths: Rows, budget: int) -> list[Rows]:
    """Group texts, longest first, so that rows times the longest row stays within a budget.

    Parameters
    ----------
    lengths
        (n,) tokens of each text.
    budget
        Most padded tokens of a batch; a text longer than that is a batch alone.

    Returns
    -------
    list of ndarray
        Row indices of each batch; every row is in exactly one.
    """
    # Longest first, so that the largest batch is the first: if memory does not do, it shows at once.
    order = np.argsort(-np.asarray(lengths), kind="stable")
    batches = []
    start = 0
    while start < len(order):
        rows = max(1, budget // max(1, int(lengths[order[start]])))
        batches.append(order[start : start + rows])
        start += rows
    return batches
