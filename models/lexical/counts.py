"""The lexical view: counts of character n-grams, stems and themes, learned from no article, so cached like vectors.

Characters catch names, endings and misprints; Snowball stems and their pairs catch terms; themes catch what is said in
other words. Only the beginning of an article is read: news says what it is about first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import scipy.sparse as sp
import Stemmer

from models.fingerprint import fingerprint
from models.lexical import themes

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import HashingVectorizer

# 2^18 to 2^22 buckets gave the same figures within .001 (docs/decisions.md), and fewer are less to store.
BLOCKS = {"char": 2**18, "stem": 2**18, "theme": themes.THEMES}
READ_CHARACTERS = 3000  # whole articles gave the same figures within .001
CHAR_NGRAMS = (3, 5)  # as long as Russian roots and endings
STEM_NGRAMS = (1, 2)
WORD = re.compile(r"\w+")

# Names the cache's table and is in every head's fingerprint: raise the version when these settings count otherwise.
PROTOCOL = fingerprint(
    {
        "version": 2,
        "blocks": BLOCKS,
        "read": READ_CHARACTERS,
        "char": CHAR_NGRAMS,
        "stem": STEM_NGRAMS,
        "theme": themes.PROTOCOL,
    }
)


def lexical_counts(texts: Sequence[str]) -> dict[str, sp.csr_matrix]:
    """Count each text's character n-grams (inside words, 3 to 5), stems (single and in pairs) and themes.

    Returns
    -------
    dict
        Block name → (n_texts, buckets) CSR matrix of counts, sorted indices.
    """
    beginnings = [text[:READ_CHARACTERS] for text in texts]
    counts = {"char": _char_counter().transform(beginnings), "stem": _stem_counter().transform(beginnings)}
    counts["theme"] = themes.theme_counts(beginnings)
    for matrix in counts.values():
        matrix.sort_indices()
    return counts


def words(text: str) -> list[str]:
    """Split a text into lower-case words, ё written as е."""
    return WORD.findall(text.lower().replace("ё", "е"))


def snowball_stems(text: str) -> list[str]:
    """Split a text into Snowball stems."""
    return [_stem(word) for word in words(text)]


def _char_counter() -> HashingVectorizer:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        # inside words only; counts and not signed sums, since logarithms and document frequencies are taken of them
        analyzer="char_wb",
        ngram_range=CHAR_NGRAMS,
        n_features=BLOCKS["char"],
        norm=None,
        alternate_sign=False,
    )


def _stem_counter() -> HashingVectorizer:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        tokenizer=snowball_stems,
        token_pattern=None,
        lowercase=False,
        ngram_range=STEM_NGRAMS,
        n_features=BLOCKS["stem"],
        norm=None,
        alternate_sign=False,
    )


@cache
def _snowball() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("russian")


@cache  # a crawl repeats its words thousands of times
def _stem(word: str) -> str:
    return str(_snowball().stemWord(word))
