"""Baselines: what a newsroom would use instead; a head that does not beat them is not worth serving.

The recipes are those that are strong on news, not straw men: TF-IDF with logarithmic counts over words (single and in
pairs) or over characters inside words (3 to 5), both L2-normalised, under logistic regression with C = 10, see Wang and
Manning, "Baselines and Bigrams" (ACL 2012); and label propagation from the 15 nearest neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from joblib import Parallel, delayed
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from models.arrays import Floats, Reals, Rows, Truth
from models.neighbours import nearest

NEIGHBOURS = 15
READ_CHARACTERS = 3000
TFIDF: Mapping[str, Mapping[str, Any]] = {
    "word": {"ngram_range": (1, 2), "min_df": 2, "max_features": 200_000, "token_pattern": r"(?u)\b\w+\b"},
    "char": {"analyzer": "char_wb", "ngram_range": (3, 5), "min_df": 3, "max_features": 300_000},
}


class Baseline(Protocol):
    """What can be fitted on some articles of a corpus and score others."""

    def scores(self, rows: Rows, truth: Truth, to_score: Rows) -> Reals:
        """Fit on labelled rows, ``truth`` is of those; score other rows, (n_to_score,) float64 in [0, 1]."""


@dataclass(frozen=True)
class Majority:
    """Knows how common the category is, and nothing of the article."""

    def scores(self, rows: Rows, truth: Truth, to_score: Rows) -> Reals:
        """The share of positives, for every article."""
        return np.full(len(to_score), truth.mean())


@dataclass(frozen=True)
class Knn:
    """Labels of the nearest articles; ``vectors`` is (n, dim) float32, L2-normalised."""

    vectors: Floats
    k: int = NEIGHBOURS

    def scores(self, rows: Rows, truth: Truth, to_score: Rows) -> Reals:
        """Shares of positives among the nearest, see `knn_scores`."""
        return knn_scores(self.vectors[rows], truth, self.vectors[to_score], self.k)


@dataclass(frozen=True)
class Tfidf:
    """Logistic regression over a TF-IDF matrix, (n, n_terms) CSR float32."""

    matrix: Any

    def scores(self, rows: Rows, truth: Truth, to_score: Rows) -> Reals:
        """Probabilities of a model with C = 10; those of one class alone when only one was seen."""
        if truth.all() or not truth.any():
            return Majority().scores(rows, truth, to_score)
        model = LogisticRegression(C=10, solver="liblinear").fit(self.matrix[rows], truth)
        return np.asarray(model.predict_proba(self.matrix[to_score])[:, 1], dtype=np.float64)


def knn_scores(train_vectors: Floats, train_truth: Truth, vectors: Floats, k: int = NEIGHBOURS) -> Reals:
    """Share of positives among the k nearest labelled articles, each weighed by its similarity.

    Parameters
    ----------
    train_vectors, vectors
        (n_train, dim) and (n, dim) float32, L2-normalised.
    train_truth
        (n_train,) bool.

    Returns
    -------
    ndarray of shape (n,), float64
        In [0, 1]; the share of positives in train where no neighbour is similar at all.
    """
    similarity, rows = nearest(vectors, train_vectors, k)
    weight = np.maximum(similarity, 0).astype(np.float64)
    total = weight.sum(axis=1)
    near = (weight * train_truth[rows]).sum(axis=1)
    return np.asarray(np.divide(near, total, out=np.full(len(vectors), train_truth.mean()), where=total > 0))


def tfidf_matrix(texts: Sequence[str], kind: Literal["word", "char"], learn: Rows) -> Any:  # noqa: ANN401 - scipy ships no types
    """Vectorise a corpus once for all categories; terms and their weights are learned from the rows of ``learn``."""
    beginnings = [text[:READ_CHARACTERS] for text in texts]
    vectorizer = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **TFIDF[kind])
    vectorizer.fit([beginnings[row] for row in learn])
    return vectorizer.transform(beginnings)


def make_baselines(texts: Sequence[str], vectors: Floats, learn: Rows, jobs: int = -1) -> dict[str, Baseline]:
    """Prepare the four baselines over one corpus.

    Parameters
    ----------
    texts, vectors
        All articles: title and text, and (n, dim) float32 L2-normalised vectors.
    learn
        Rows outside the test.
    jobs
        Processes, -1 for one a core.
    """
    word, char = Parallel(n_jobs=jobs)(delayed(tfidf_matrix)(texts, kind, learn) for kind in TFIDF)
    return {"majority": Majority(), "knn": Knn(vectors), "tfidf_word": Tfidf(word), "tfidf_char": Tfidf(char)}
