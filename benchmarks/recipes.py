"""Recipes: what a good engineer would write with scikit-learn alone, stronger than the baselines of a report.

Characters, stems and vectors under one linear SVM, or one logistic regression on each and the sum of their scores.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from models.arrays import Truth
from models.features import Features, Scaling, learn_scaling, standardised, tfidf

Scores = npt.NDArray[np.float64]


def recipe_scores(train: Features, truth: Truth, others: Features) -> dict[str, Scores]:
    """Fit every recipe and score other articles, (n_others,) each."""
    scaling = learn_scaling(train)
    seen, new = matrices(train, scaling), matrices(others, scaling)
    stacked = [sp.hstack(list(parts.values()), format="csr") for parts in (seen, new)]
    svm = LinearSVC(C=1.0, random_state=0).fit(stacked[0], truth).decision_function(stacked[1])
    # Standardised before they are added: scores of three fits have three scales, and the widest would decide alone.
    each = [
        LogisticRegression(C=10.0, solver="liblinear").fit(seen[name], truth).decision_function(new[name])
        for name in seen
    ]
    return {
        "one SVM": svm,
        "sum of three": np.sum([(scores - scores.mean()) / scores.std() for scores in each], axis=0),
    }


def matrices(features: Features, scaling: Scaling) -> dict[str, sp.csr_matrix]:
    """Characters, stems and standardised vectors, rows of length one."""
    words = {name: tfidf(name, features.lexical[name], scaling.idf[name]) for name in ("char", "stem")}
    return {**words, "dense": sp.csr_matrix(standardised(features.dense, scaling))}
