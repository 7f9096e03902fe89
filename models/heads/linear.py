"""Linear heads: one weight per feature over the dense view alone (`logistic`) or dense and lexical together (`hybrid`).

Wang and Manning, "Baselines and Bigrams" (ACL 2012), is the source of the hybrid's squared-hinge loss on normalised
counts; the dense view is standardised to the length of a TF-IDF row and weighed by `dense_weight` before stacking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from safetensors.numpy import load_file, save_file

from models.arrays import Floats, Reals, Rows, Truth
from models.features import Features, Scaling, standardised, tfidf
from models.heads.design import Design
from models.heads.watch import Watch

WEIGHTS_FILE = "weights.safetensors"
MOST_BUCKETS = 2**24
LIBLINEAR = Lock()  # its random generator is one for all threads: two fits at once give other bytes every time


@dataclass(frozen=True)
class LinearHead:
    """A linear function of the views.

    Parameters
    ----------
    scaling
        What was learned of the features without labels.
    dense
        (dim,) float32 weights of the standardised vectors.
    lexical
        Block name → (buckets,) float32 weights of the TF-IDF rows; empty for `logistic`.
    intercept
        The score of an article with no features.
    """

    scaling: Scaling
    dense: Floats
    lexical: Mapping[str, Floats]
    intercept: float

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

    @property
    def dim(self) -> int:
        """Components of the vectors it was fitted on."""
        return len(self.dense)

    @classmethod
    def load(cls, folder: Path) -> LinearHead:
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
        return cls(scaling, arrays["dense"], lexical, float(arrays["intercept"][0]))


@dataclass(frozen=True)
class LinearProblem:
    """One category's matrix and parameters, to be fitted on any of its rows.

    Parameters
    ----------
    design
        Where the matrix is from.
    matrix
        (n, n_features) float32: the dense view alone, or CSR with the lexical blocks behind it.
    params
        ``C`` (inverse regularisation), ``loss`` (`log` or `squared_hinge`), ``dense_weight`` and ``theme_weight``: how
        long those parts of a row are beside characters and stems, which have length one each.
    """

    design: Design
    matrix: Any
    params: Mapping[str, Any]

    def fit(self, rows: Rows, truth: Truth, watch: Watch | None = None) -> LinearFit:
        """Fit on some rows; ``truth`` is of those rows. There are no rounds to watch."""
        return LinearFit(self, *solve(self.matrix[rows], truth, self.params))


@dataclass(frozen=True)
class LinearFit:
    """A fitted problem: scores its own rows at once, or becomes a head of its own."""

    problem: LinearProblem
    weights: Floats
    intercept: float

    def scores(self, rows: Rows) -> Reals:
        """Signed distances of some of the problem's rows, float64."""
        return np.asarray(self.problem.matrix[rows] @ self.weights + self.intercept, dtype=np.float64)

    def head(self) -> LinearHead:
        """The head that gives the same scores from cached features."""
        design = self.problem.design
        dim = design.dense.shape[1]
        dense = self.weights[:dim] * np.float32(self.problem.params["dense_weight"])
        if len(self.weights) == dim:
            return LinearHead(Scaling(design.scaling.mean, design.scaling.deviation, {}), dense, {}, self.intercept)
        ends = np.cumsum([len(idf) for idf in design.scaling.idf.values()])[:-1]
        blocks = zip(design.scaling.idf, np.split(self.weights[dim:], ends), strict=True)
        lexical = {name: weights * block_weight(self.problem.params, name) for name, weights in blocks}
        return LinearHead(design.scaling, dense, lexical, self.intercept)


def logistic_problem(design: Design, params: Mapping[str, Any]) -> LinearProblem:
    """A head over the dense view."""
    return LinearProblem(design, design.dense * np.float32(params["dense_weight"]), params)


def hybrid_problem(design: Design, params: Mapping[str, Any]) -> LinearProblem:
    """A head over the dense view and all lexical blocks."""
    dense = sp.csr_matrix(design.dense * np.float32(params["dense_weight"]))
    blocks = [counts * block_weight(params, name) for name, counts in design.lexical.items()]
    return LinearProblem(design, sp.hstack([dense, *blocks], format="csr"), params)


def block_weight(params: Mapping[str, Any], name: str) -> np.float32:
    """How long a lexical block's rows are made: one, where the parameters do not say ``NAME_weight``."""
    return np.float32(params.get(f"{name}_weight", 1.0))


def solve(matrix: Any, truth: Truth, params: Mapping[str, Any]) -> tuple[Floats, float]:  # noqa: ANN401 - dense or CSR
    """Weights, float32, and intercept under a parameter set."""
    from sklearn.linear_model import LogisticRegression  # 0.7 s, which only those pay who fit
    from sklearn.svm import LinearSVC

    if params["loss"] == "squared_hinge":
        with LIBLINEAR:
            model = LinearSVC(C=params["C"], tol=1e-3, random_state=0).fit(matrix, truth)
    else:
        model = LogisticRegression(C=params["C"], tol=1e-6, max_iter=1000).fit(matrix, truth)
    return model.coef_[0].astype(np.float32), float(np.ravel(model.intercept_)[0])
