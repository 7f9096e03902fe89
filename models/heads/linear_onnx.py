"""Linear scorers in an ONNX graph, all of them side by side: standardising, TF-IDF and weights as matrix products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from models.features import DAMPED
from models.heads.linear import LinearScorer
from models.lexical.counts import BLOCKS

if TYPE_CHECKING:
    from models.onnx.graph import Graph


def linear_scores(graph: Graph, scorers: Sequence[LinearScorer]) -> str:
    """Scores of all linear heads, (n, n_scorers): the dense part and one TF-IDF part for each block that any has."""
    mean = np.stack([scorer.scaling.mean for scorer in scorers], axis=1)
    deviation = np.stack([scorer.scaling.deviation for scorer in scorers], axis=1) * np.float32(np.sqrt(len(mean)))
    weights = np.stack([scorer.dense for scorer in scorers], axis=1)
    vector = graph.add("Unsqueeze", "dense", graph.constant(np.array([2])))
    scaled = graph.add("Div", graph.add("Sub", vector, graph.constant(mean)), graph.constant(deviation))
    weighed = graph.add("Mul", scaled, graph.constant(weights))
    total = graph.add("ReduceSum", weighed, graph.constant(np.array([1])), keepdims=0)
    total = graph.add("Add", total, graph.constant(np.array([scorer.intercept for scorer in scorers], np.float32)))
    for name, buckets in BLOCKS.items():
        if any(name in scorer.lexical for scorer in scorers):
            total = graph.add("Add", total, block_scores(graph, scorers, name, buckets))
    return total


def block_scores(graph: Graph, scorers: Sequence[LinearScorer], name: str, buckets: int) -> str:
    """One lexical block's part of the scores: counts weighed as `tfidf` does, times the weights."""
    nothing = np.zeros(buckets, np.float32)
    idf = np.stack([scorer.scaling.idf.get(name, nothing) for scorer in scorers], axis=1)
    weights = np.stack([scorer.lexical.get(name, nothing) for scorer in scorers], axis=1)
    index, count = graph.input(f"{name}_index", np.int64), graph.input(f"{name}_count", np.float32)
    axis = graph.constant(np.array([1]))
    present = damped(graph, count) if name in DAMPED else count
    column = graph.add("Unsqueeze", present, graph.constant(np.array([2])))
    values = graph.add("Mul", graph.add("Gather", graph.constant(idf), index), column)
    squares = graph.add("ReduceSum", graph.add("Mul", values, values), axis, keepdims=0)
    length = graph.add("Max", graph.add("Sqrt", squares), graph.constant(np.float32(1e-12)))
    weighed = graph.add("Mul", values, graph.add("Gather", graph.constant(weights), index))
    return graph.add("Div", graph.add("ReduceSum", weighed, axis, keepdims=0), length)


def damped(graph: Graph, count: str) -> str:
    """1 + ln count, and nothing where the count is nothing."""
    one, nothing = graph.constant(np.float32(1)), graph.constant(np.float32(0))
    logged = graph.add("Add", graph.add("Log", graph.add("Max", count, one)), one)
    return graph.add("Where", graph.add("Greater", count, nothing), logged, nothing)
