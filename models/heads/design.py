"""The design of one category's problem: its articles' views scaled once, shared by every candidate and every fold."""

from __future__ import annotations

from functools import cached_property

import scipy.sparse as sp

from models.arrays import Floats
from models.features import Features, Scaling, learn_scaling, standardised, tfidf


class Design:
    """Scaled views of n articles; what no candidate asks for is never computed.

    Parameters
    ----------
    features
        The views as cached.
    """

    def __init__(self, features: Features) -> None:
        self.features = features

    @cached_property
    def scaling(self) -> Scaling:
        """What is learned of the features without labels."""
        return learn_scaling(self.features)

    @cached_property
    def dense(self) -> Floats:
        """(n, dim) float32 standardised vectors."""
        return standardised(self.features.dense, self.scaling)

    @cached_property
    def lexical(self) -> dict[str, sp.csr_matrix]:
        """Block name → (n, buckets) float32 TF-IDF."""
        return {name: tfidf(name, counts, self.scaling.idf[name]) for name, counts in self.features.lexical.items()}
