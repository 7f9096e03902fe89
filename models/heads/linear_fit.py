"""Fitting a linear scorer: the views side by side in one matrix, weighed, and one hyperplane through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np

from models.arrays import Floats, Reals, Rows, Truth
from models.features import Scaling
from models.heads.design import Design
from models.heads.linear import LinearScorer
from models.heads.loss_monitor import LossMonitor

LIBLINEAR = Lock()  # its random generator is one for all threads: two fits at once give other bytes every time


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

    def fit(self, rows: Rows, truth: Truth, monitor: LossMonitor | None = None) -> LinearFit:
        """Fit on some rows; ``truth`` is of those rows. There are no rounds to tell of."""
        return LinearFit(self, *solve(self.matrix[rows], truth, self.params))


@dataclass(frozen=True)
class LinearFit:
    """A fitted problem: scores its own rows at once, or becomes a scorer of its own."""

    problem: LinearProblem
    weights: Floats
    intercept: float

    def scores(self, rows: Rows) -> Reals:
        """Signed distances of some of the problem's rows, float64."""
        return np.asarray(self.problem.matrix[rows] @ self.weights + self.intercept, dtype=np.float64)

    def head(self) -> LinearScorer:
        """The scorer that gives the same scores from cached features: the parts' weights are multiplied in."""
        design = self.problem.design
        dim = design.dense.shape[1]
        dense = self.weights[:dim] * np.float32(self.problem.params["dense_weight"])
        if len(self.weights) == dim:
            return LinearScorer(Scaling(design.scaling.mean, design.scaling.deviation, {}), dense, {}, self.intercept)
        ends = np.cumsum([len(idf) for idf in design.scaling.idf.values()])[:-1]
        blocks = zip(design.scaling.idf, np.split(self.weights[dim:], ends), strict=True)
        lexical = {name: weights * block_weight(self.problem.params, name) for name, weights in blocks}
        return LinearScorer(design.scaling, dense, lexical, self.intercept)


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
