"""Linear scorers: one weight per feature, over the dense view alone or over dense and lexical views together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

from models.arrays import Floats, Reals
from models.features import Features, Scaling, standardised, tfidf

WEIGHTS_FILE = "weights.safetensors"
MOST_BUCKETS = 2**24  # a stranger's file that asks for more would fill the memory


@dataclass(frozen=True)
class LinearScorer:
    """A linear function of the views.

    Parameters
    ----------
    scaling
        What was learned of the features without labels.
    dense
        (dim,) float32 weights of the standardised vectors.
    lexical
        Block name → (buckets,) float32 weights of the TF-IDF rows; empty where only the vectors are read.
    intercept
        The score of an article with no features.
    """

    scaling: Scaling
    dense: Floats
    lexical: Mapping[str, Floats]
    intercept: float

    @property
    def dim(self) -> int:
        """Components of the vectors it was fitted on."""
        return len(self.dense)

    def scores(self, features: Features) -> Reals:
        """Signed distances, (n,) float64: above 0 leans to yes."""
        total = standardised(features.dense, self.scaling) @ self.dense + self.intercept
        for name, weights in self.lexical.items():
            total = total + tfidf(name, features.lexical[name], self.scaling.idf[name]) @ weights
        return np.asarray(total, dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write the arrays, the lexical ones only where an article that trained had the feature."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "mean": self.scaling.mean,
            "deviation": self.scaling.deviation,
            "dense": self.dense,
            "intercept": np.array([self.intercept]),
        }
        for name, weights in self.lexical.items():
            idf = self.scaling.idf[name]
            seen = np.flatnonzero((idf < idf.max()) | (weights != 0)).astype(np.uint32)
            arrays[f"{name}.seen"] = seen
            arrays[f"{name}.idf"] = idf[seen]
            arrays[f"{name}.weights"] = weights[seen]
            arrays[f"{name}.unseen"] = np.array([len(idf), idf.max()], dtype=np.float64)
        save_file(arrays, folder / WEIGHTS_FILE)


def load_linear(folder: Path) -> LinearScorer:
    """Read the arrays back.

    Raises
    ------
    ValueError, LookupError
        When they do not fit together.
    """
    arrays = load_file(folder / WEIGHTS_FILE)
    if not arrays["mean"].shape == arrays["deviation"].shape == arrays["dense"].shape == (arrays["dense"].size,):
        raise ValueError("mean, deviation and dense are not of one length")
    idf, lexical = {}, {}
    for name in [key.removesuffix(".seen") for key in arrays if key.endswith(".seen")]:
        buckets, unseen = arrays[f"{name}.unseen"]
        if not 0 < buckets <= MOST_BUCKETS:
            raise ValueError(f"{name} has {buckets} buckets")
        seen = arrays[f"{name}.seen"]
        idf[name] = np.full(int(buckets), unseen, dtype=np.float32)
        idf[name][seen] = arrays[f"{name}.idf"]
        lexical[name] = np.zeros(int(buckets), dtype=np.float32)
        lexical[name][seen] = arrays[f"{name}.weights"]
    scaling = Scaling(arrays["mean"], arrays["deviation"], idf)
    return LinearScorer(scaling, arrays["dense"], lexical, float(arrays["intercept"][0]))
