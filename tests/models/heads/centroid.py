"""A kind of head for the tests, which is what anyone writes who adds one: this file, and a line in the registry."""

from dataclasses import dataclass

import numpy as np
from safetensors.numpy import load_file, save_file

from models.explain import Contributions
from models.heads.kind import Kind, KindWords

FILE = "centroid.safetensors"


@dataclass(frozen=True)
class Centroid:
    """The difference of the two classes' mean vectors."""

    direction: np.ndarray

    @property
    def dim(self):
        return len(self.direction)

    def scores(self, features):
        return (features.dense @ self.direction).astype(np.float64)

    def save(self, folder):
        save_file({"direction": self.direction}, folder / FILE)


@dataclass(frozen=True)
class CentroidProblem:
    dense: np.ndarray

    def fit(self, rows, truth, monitor=None):
        dense = self.dense[rows]
        return CentroidFit(self, Centroid(dense[truth].mean(axis=0) - dense[~truth].mean(axis=0)))


@dataclass(frozen=True)
class CentroidFit:
    problem: CentroidProblem
    scorer: Centroid

    def scores(self, rows):
        return (self.problem.dense[rows] @ self.scorer.direction).astype(np.float64)

    def head(self):
        return self.scorer


def to_onnx(graph, scorers):
    directions = graph.constant(np.stack([scorer.direction for scorer in scorers], axis=1))
    return graph.add("MatMul", "dense", directions)


KIND = Kind(
    words=KindWords("mean vectors of the two classes", "средние векторы", no_words="reads the vector alone"),
    grid=({},),
    prepare=lambda design, params: CentroidProblem(design.features.dense),
    file=FILE,
    load=lambda folder: Centroid(load_file(folder / FILE)["direction"]),
    take_apart=lambda scorer, features, counts: Contributions((), float(scorer.scores(features)[0]), 0.0),
    to_onnx=to_onnx,
)
