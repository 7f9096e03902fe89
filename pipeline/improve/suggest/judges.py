"""Judges: what says how likely an article is of each category, its head or the words that describe it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import scipy.sparse as sp
from scipy.special import expit, logit

from models.arrays import Floats, Reals, Rows
from models.features import Features
from models.heads.head import Head
from models.lexical.counts import lexical_counts
from models.suggestion.guess import matches
from models.thresholds import Decision
from pipeline.embed.views import Views
from pipeline.setup.settings import Category

CHUNK_ROWS = 20_000  # lexical counts of so many at a time fit into memory, however large the store
SUREST = 0.05  # a threshold nearer to 0 or 1 would call nothing uncertain


@dataclass(frozen=True)
class Judges:
    """What says how likely an article is of a category: its head, or the words of a category that has none."""

    keys: Sequence[str]
    heads: Mapping[str, Head]
    categories: Mapping[str, Category]

    def of(self, names: pa.Array, vectors: Floats, views: Views, rows: Rows) -> tuple[Reals, Reals]:
        """Probabilities and matches of some rows, (n, n_keys) each, the lexical view read in chunks."""
        probability = np.full((len(names), len(self.keys)), np.nan)
        match = np.zeros_like(probability)
        descriptions = self.descriptions()
        for chunk in in_chunks(rows):
            features = Features(vectors[chunk], views.lexical.get(names.take(pa.array(chunk))))
            for column, key in enumerate(self.keys):
                if key in self.heads:
                    probability[chunk, column] = self.heads[key].probability(features)
            if len(self.heads) < len(self.keys):
                match[chunk] = matches(features, descriptions)
        return probability, match

    def thresholds(self) -> Reals:
        """(n_keys,) probabilities at which a verdict turns; a half where there is no head."""
        return np.array([turning_point(self.heads[key].decision) if key in self.heads else 0.5 for key in self.keys])

    def descriptions(self) -> dict[str, sp.csr_matrix]:
        """Counts of title and description of the categories without a head, nothing of the others."""
        return lexical_counts(
            [
                "" if key in self.heads else f"{self.categories[key].title}\n{self.categories[key].description}"
                for key in self.keys
            ]
        )


def in_chunks(rows: Rows) -> Iterator[Rows]:
    """Some thousands of rows at a time."""
    return (rows[start : start + CHUNK_ROWS] for start in range(0, len(rows), CHUNK_ROWS))


def turning_point(decision: Decision) -> float:
    """The probability at which a verdict turns: the middle, in log-odds, of the thresholds for yes and no."""
    turns = np.clip([decision.yes, decision.no], SUREST, 1 - SUREST)
    return float(expit(logit(turns).mean()))
