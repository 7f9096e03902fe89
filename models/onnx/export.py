"""ONNX: a whole bundle as one graph, so that any language can answer what Python answers.

The graph takes what the views hold (vectors, and bucket numbers with their counts) and does all the rest itself:
standardising, TF-IDF, the heads' weights, trees, calibration. All categories are computed side by side. Only float32
and operators of opset 17 (and of ai.onnx.ml 3, where there are trees) are used: every runtime has them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from models.bundles.load import Bundle
from models.errors import ModelError
from models.heads.head import Head
from models.heads.kinds import kind_named
from models.lexical.counts import BLOCKS
from models.onnx.graph import Graph

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
    graph = Graph()
    graph.input("dense", np.float32, bundle.dim)
    calibrate(graph, raw_scores(graph, bundle.heads), list(bundle.heads.values()))
    return graph.model(metadata(bundle))


def raw_scores(graph: Graph, heads: Mapping[str, Head]) -> str:
    """Scores of all heads, (n, n_heads), in their order; heads that are exported alike are computed side by side."""
    groups: dict[Callable[[Graph, Sequence[Any]], str], list[str]] = {}
    for key, head in heads.items():
        groups.setdefault(kind_named(head.candidate.kind).to_onnx, []).append(key)
    scores = [to_onnx(graph, [heads[key].scorer for key in keys]) for to_onnx, keys in groups.items()]
    joined = graph.add("Concat", *scores, axis=1) if len(scores) > 1 else scores[0]
    columns = [key for keys in groups.values() for key in keys]
    return graph.add("Gather", joined, graph.constant(np.array([columns.index(key) for key in heads])), axis=1)


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
