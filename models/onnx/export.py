"""ONNX: a whole bundle as one graph, so that any language can answer what Python answers.

The graph takes what the views hold (vectors, and bucket numbers with their counts) and does all the rest itself:
standardising, TF-IDF, the heads' weights, trees, calibration. All categories are computed side by side. Only float32
and operators of opset 17 (and of ai.onnx.ml 3, where there are trees) are used: every runtime has them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from models.bundles.load import Bundle
from models.errors import ModelError
from models.features import DAMPED
from models.heads.boosted import BoostedHead
from models.heads.head import Head
from models.heads.linear import LinearHead
from models.lexical.counts import BLOCKS
from models.onnx.graph import Graph
from models.onnx.trees import tree_ensemble

if TYPE_CHECKING:
    from onnx import ModelProto


def to_onnx(bundle: Bundle) -> ModelProto:
    """Build the graph of a bundle.

    Inputs are ``dense`` (n, dim) float32, L2-normalised, and, where a head is hybrid, for each lexical block
    ``BLOCK_index`` (n, m) int64 and ``BLOCK_count`` (n, m) float32: the numbers of the buckets that an article has and
    how often, in any order; shorter rows are padded with bucket 0, count 0. The output is ``probability``
    (n, n_categories) float32, its columns named by the metadata's ``categories``.

    Raises
    ------
    ModelError
        When a library of the extra ``onnx`` is not installed (exit code 2).
    """
    require_libraries()
    linear = {key: head.scorer for key, head in bundle.heads.items() if isinstance(head.scorer, LinearHead)}
    boosted = {key: head.scorer for key, head in bundle.heads.items() if isinstance(head.scorer, BoostedHead)}
    dim = bundle.dim
    graph = Graph()
    graph.input("dense", np.float32, dim)
    scores = [linear_scores(graph, list(linear.values()))] if linear else []
    scores += [tree_ensemble(graph, "dense", [head.booster for head in boosted.values()])] if boosted else []
    joined = graph.add("Concat", *scores, axis=1) if len(scores) > 1 else scores[0]
    order = [[*linear, *boosted].index(key) for key in bundle.heads]
    ordered = graph.add("Gather", joined, graph.constant(np.array(order)), axis=1)
    calibrate(graph, ordered, list(bundle.heads.values()))
    return graph.model(metadata(bundle))


def linear_scores(graph: Graph, heads: Sequence[LinearHead]) -> str:
    """Scores of all linear heads, (n, n_heads): the dense part and one TF-IDF part for each block that any has."""
    dim = heads[0].dim
    mean = np.stack([head.scaling.mean for head in heads], axis=1)
    deviation = np.stack([head.scaling.deviation for head in heads], axis=1) * np.float32(np.sqrt(dim))
    weights = np.stack([head.dense for head in heads], axis=1)
    vector = graph.add("Unsqueeze", "dense", graph.constant(np.array([2])))
    scaled = graph.add("Div", graph.add("Sub", vector, graph.constant(mean)), graph.constant(deviation))
    weighed = graph.add("Mul", scaled, graph.constant(weights))
    total = graph.add("ReduceSum", weighed, graph.constant(np.array([1])), keepdims=0)
    total = graph.add("Add", total, graph.constant(np.array([head.intercept for head in heads], np.float32)))
    for name, buckets in BLOCKS.items():
        if any(name in head.lexical for head in heads):
            total = graph.add("Add", total, block_scores(graph, heads, name, buckets))
    return total


def block_scores(graph: Graph, heads: Sequence[LinearHead], name: str, buckets: int) -> str:
    """One lexical block's part of the scores: counts weighed as `tfidf` does, times the weights."""
    nothing = np.zeros(buckets, np.float32)
    idf = np.stack([head.scaling.idf.get(name, nothing) for head in heads], axis=1)
    weights = np.stack([head.lexical.get(name, nothing) for head in heads], axis=1)
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


def calibrate(graph: Graph, scores: str, heads: Sequence[Head]) -> None:
    """Turn scores into the output, probabilities."""
    slopes, intercepts = (
        graph.constant(np.array([getattr(head.calibrator, name) for head in heads], np.float32))
        for name in ("slope", "intercept")
    )
    graph.output("probability", graph.add("Sigmoid", graph.add("Add", graph.add("Mul", scores, slopes), intercepts)))


def metadata(bundle: Bundle) -> dict[str, str]:
    """What a program needs beside the graph: the columns' names, the thresholds, and how the inputs are made."""
    values = {
        "bundle": bundle.id,
        "categories": list(bundle.heads),
        "titles": [bundle.titles[key] for key in bundle.heads],
        "thresholds": [{"yes": head.decision.yes, "no": head.decision.no} for head in bundle.heads.values()],
        "encoder": bundle.encoder.to_dict(),
        "lexical": {"protocol": bundle.manifest.views.lexical, "buckets": BLOCKS},
    }
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in values.items()
    }


def require_libraries() -> None:
    """Refuse in one line when the extra is not installed."""
    missing = [name for name in ("onnx", "onnxruntime") if find_spec(name) is None]
    if missing:
        raise ModelError(f"{' and '.join(missing)} not installed; run: pip install 'rubrika[onnx]'", exit_code=2)
