"""Word by word: one text's lexical counts divided among its words, so that what a head made of them can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.sparse as sp

from models.arrays import Rows
from models.lexical.counts import READ_CHARACTERS, lexical_counts, words
from models.lexical.themes import theme_shares


@dataclass(frozen=True)
class WordCounts:
    """What each word of a text counts for.

    Parameters
    ----------
    words
        The n words in their order, lower case, without the punctuation around them.
    blocks
        Block name → (n, buckets) CSR matrix; its rows add up to the text's `lexical_counts`.
    """

    words: list[str]
    blocks: Mapping[str, sp.csr_matrix]


def counts_by_word(text: str) -> WordCounts:
    """Divide a text's counts: a character n-gram is its word's, a stem too, a pair of stems half each of its two.

    A word is what stands between white space, for n-grams of characters end there; they count the punctuation around it
    as well, which is the word's own.
    """
    parts = text[:READ_CHARACTERS].split()
    return WordCounts(
        [bare(part) for part in parts],
        {"char": block_counts("char", parts), "stem": stems_and_halves(parts), "theme": theme_shares(parts)},
    )


def block_counts(block: str, texts: Sequence[str]) -> sp.csr_matrix:
    """One block of `lexical_counts`, also of no texts at all."""
    # An empty text is added and dropped again: the vectoriser refuses a call without any.
    return lexical_counts([*texts, ""])[block][:-1]


def bare(part: str) -> str:
    """A word in lower case without the punctuation around it; punctuation alone stays."""
    letters = [place for place, letter in enumerate(part) if letter.isalnum()]
    return part[letters[0] : letters[-1] + 1].lower() if letters else part


def stems_and_halves(parts: list[str]) -> sp.csr_matrix:
    """Count the stems of each part, and half of every pair that one of them is in."""
    words_of_parts = [words(part) for part in parts]
    owner = np.repeat(np.arange(len(parts)), [len(of_part) for of_part in words_of_parts])
    spoken = [word for of_part in words_of_parts for word in of_part]
    single = block_counts("stem", spoken)
    both = block_counts("stem", [f"{left} {right}" for left, right in pairwise(spoken)])
    # Counting two neighbours together gives both stems and their pair; without the stems the pair alone is left.
    pair = both - single[:-1] - single[1:]
    halves = sum_of(pair, owner[:-1], len(parts)) + sum_of(pair, owner[1:], len(parts))
    return sp.csr_matrix(sum_of(single, owner, len(parts)) + halves / 2)


def sum_of(rows: sp.csr_matrix, owner: Rows, size: int) -> sp.csr_matrix:
    """Add up the rows of each owner, (size, buckets)."""
    chosen = sp.csr_matrix((np.ones(len(owner)), (owner, np.arange(len(owner)))), shape=(size, len(owner)))
    return chosen @ rows
