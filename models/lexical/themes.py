"""Themes: words that mean alike are counted together, so that a head knows words that none of its labels had.

Each word of the navec vectors belongs a little to its five nearest of 500 themes, the centres of the vectors of common
words. The codebook of centres was learned once (`learn_themes.py`) and is a file beside this one, so that a theme is
the same theme everywhere. Soft assignment to a visual codebook is the model: van Gemert et al., "Visual Word
Ambiguity" (PAMI 2010), section 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from safetensors.numpy import load_file

from models.arrays import Reals, Rows
from models.encoders.navec_words import WORD, Vocabulary, archive_path, vocabulary

if TYPE_CHECKING:
    from navec import Navec

CODEBOOK = Path(__file__).with_name("themes.safetensors")
THEMES = 500
DIM = 300
NEAREST = 5  # so that a word of several meanings is in several themes
SIF = 1e-3  # ten times that of the mean of vectors: milder to common words
UNIT = 64  # a rare word wholly of one theme counts 64, so that counts are whole numbers
# The codebook is named by its fingerprint: another one is another view, and `test_themes.py` compares the file with it.
PROTOCOL = {"version": 1, "codebook": "595f779db4e72c3a", "nearest": NEAREST, "sif": SIF, "unit": UNIT}
WORDS = re.compile(WORD.replace("(", "(?:"))
CHUNK_WORDS = 8192  # 8,192 cosines to 500 themes are 33 MB


def theme_counts(texts: Sequence[str]) -> sp.csr_matrix:
    """Count themes in texts.

    Returns
    -------
    (n_texts, 500) CSR matrix
        Whole numbers: 64 for each word, times its SIF weight a / (a + p(word)), divided among its themes.
    """
    counts = theme_shares(texts)
    counts.data = np.rint(counts.data)  # the store keeps counts in 16 bits
    counts.eliminate_zeros()
    return counts


def theme_shares(texts: Sequence[str]) -> sp.csr_matrix:
    """The same before rounding; (n_texts, 500) CSR matrix, float64."""
    word_rows = [known_words(text) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(rows) for rows in word_rows])
    rows, column = np.unique(np.array([row for rows in word_rows for row in rows], dtype=np.intp), return_inverse=True)
    counts = sp.csr_matrix((np.ones(len(owner)), (owner, column)), shape=(len(texts), len(rows)))
    return sp.csr_matrix(UNIT * (counts @ word_themes().shares(rows)))


def known_words(text: str) -> list[int]:
    """The rows in the lexicon of the words of a text, ё written as е; words without a vector are left out."""
    row_of = lexicon().row_of
    return [row_of[word] for word in WORDS.findall(text.lower().replace("ё", "е")) if word in row_of]


class WordThemes:
    """What the words of the lexicon belong to, found out when a word is met for the first time."""

    def __init__(self) -> None:
        words = lexicon()
        self.met = np.zeros(len(words.rows), dtype=bool)
        self.nearest = np.zeros((len(words.rows), NEAREST), dtype=np.int16)
        self.share = np.zeros((len(words.rows), NEAREST))
        self.weights = words.weights(SIF)

    def shares(self, rows: Rows) -> sp.csr_matrix:
        """Squared cosines to the five nearest themes, adding up to the SIF weight; (n_words, 500), float64."""
        new = rows[~self.met[rows]]
        for start in range(0, len(new), CHUNK_WORDS):
            self.meet(new[start : start + CHUNK_WORDS])
        owner = np.repeat(np.arange(len(rows)), NEAREST)
        return sp.csr_matrix((self.share[rows].ravel(), (owner, self.nearest[rows].ravel())), shape=(len(rows), THEMES))

    def meet(self, rows: Rows) -> None:
        """Find the themes of words; in float64, where the words beside them change no digit that counts."""
        book = codebook()
        cosine = centred(vectors_of(rows), book["mean"]) @ book["centres"].T
        nearest = np.argpartition(-cosine, NEAREST - 1, axis=1)[:, :NEAREST]
        strength = np.maximum(np.take_along_axis(cosine, nearest, axis=1), 0) ** 2
        self.share[rows] = strength * (self.weights[rows] / np.maximum(strength.sum(axis=1), 1e-12))[:, None]
        self.nearest[rows] = nearest
        self.met[rows] = True


def centred(vectors: Reals, mean: Reals) -> Reals:
    """Vectors without what all words share, of length one."""
    moved = vectors - mean
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9))


def vectors_of(rows: Rows) -> Reals:
    """(n, 300) float64 navec vectors of words of the lexicon."""
    quantised = navec().pq.sampled(lexicon().rows[rows])
    return np.asarray(quantised.unpack(), dtype=np.float64).reshape(len(rows), DIM)


@cache
def codebook() -> dict[str, Reals]:
    """``centres`` (500, 300) and ``mean`` (300,) of the common words, float64."""
    return {name: values.astype(np.float64) for name, values in load_file(CODEBOOK).items()}


@cache
def navec() -> Navec:
    """The word vectors, 0.6 s."""
    from navec import Navec

    return Navec.load(archive_path())


@cache
def lexicon() -> Vocabulary:
    """The words that have a vector."""
    return vocabulary(navec())


@cache
def word_themes() -> WordThemes:
    """The themes of words met so far in this process."""
    return WordThemes()
