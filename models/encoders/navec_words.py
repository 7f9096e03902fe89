"""The words of navec's news vectors: where the archive lies, and which words have a vector in it."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from models.errors import ModelError

if TYPE_CHECKING:
    from navec import Navec

ARCHIVE = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
# Compounds stay whole: «экс-президент» and «онлайн-банк» have vectors of their own.
WORD = r"\w+(-\w+)*"
UNKNOWN, PADDING = "<unk>", "<pad>"


def archive_path() -> Path:
    """Find the vectors inside the natasha wheel without importing natasha, a whole NLP stack behind one file.

    Raises
    ------
    ModelError
        natasha is not installed, or not the one that ships the vectors (exit 3).
    """
    package = importlib.util.find_spec("natasha")
    for folder in (package.submodule_search_locations or []) if package else []:
        if (Path(folder) / ARCHIVE).is_file():
            return Path(folder) / ARCHIVE
    raise ModelError(f"navec-news needs natasha/{ARCHIVE}; pip install natasha==1.6.0", exit_code=3)


@dataclass(frozen=True)
class Vocabulary:
    """The words of an archive, the commonest first, ё written as е.

    Where both spellings are in the archive, the commoner one gives the vector and both the frequency: most of the press
    writes е.

    Parameters
    ----------
    row_of
        Word → its place.
    rows
        (n,) rows of the archive's vectors.
    frequency
        (n,) float64: share of all words of the news that the vectors were trained on.
    """

    row_of: Mapping[str, int]
    rows: npt.NDArray[np.intp]
    frequency: npt.NDArray[np.float64]

    def weights(self, sif: float) -> npt.NDArray[np.float64]:
        """Smooth inverse frequencies, a / (a + p(word)), (n,) float64."""
        return np.asarray(sif / (sif + self.frequency))


def vocabulary(navec: Navec) -> Vocabulary:
    """Read an archive's words."""
    counts = np.array(navec.vocab.counts, dtype=np.float64)
    row_of: dict[str, int] = {}
    rows: list[np.intp] = []
    owner = np.full(len(counts), -1)
    # From the commonest, so that of two spellings the commoner gives the vector.
    for row in np.argsort(-counts, kind="stable"):
        word = navec.vocab.words[row].replace("ё", "е")
        if word in (UNKNOWN, PADDING):
            continue
        if word not in row_of:
            row_of[word] = len(rows)
            rows.append(row)
        owner[row] = row_of[word]
    return Vocabulary(row_of, np.array(rows), np.bincount(owner[owner >= 0], counts[owner >= 0]) / counts.sum())
