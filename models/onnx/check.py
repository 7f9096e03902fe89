"""Checking an ONNX file: it must answer what the heads answer before anyone gets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from models.errors import ModelError
from models.features import Features
from models.heads.head import Head

TOLERANCE = 1e-5
Array = npt.NDArray[Any]


def onnx_inputs(features: Features, names: Sequence[str]) -> dict[str, Array]:
    """Features as the graph takes them.

    Parameters
    ----------
    names
        The graph's inputs.
    """
    inputs: dict[str, Array] = {"dense": features.dense}
    for block, counts in features.lexical.items():
        lengths = np.diff(counts.indptr)
        width = max(int(lengths.max(initial=0)), 1)
        filled = np.arange(width) < lengths[:, None]
        index, count = np.zeros(filled.shape, np.int64), np.zeros(filled.shape, np.float32)
        index[filled], count[filled] = counts.indices, counts.data
        inputs |= {f"{block}_index": index, f"{block}_count": count}
    return {name: inputs[name] for name in names}


def verify(content: bytes, heads: Mapping[str, Head], features: Features) -> float:
    """Ask the graph and the heads about the same articles.

    Returns
    -------
    float
        The largest difference of a probability.

    Raises
    ------
    ModelError
        When it is above `TOLERANCE`.
    """
    from onnxruntime import InferenceSession

    session = InferenceSession(content, providers=["CPUExecutionProvider"])
    inputs = onnx_inputs(features, [given.name for given in session.get_inputs()])
    theirs = session.run(["probability"], inputs)[0]
    ours = np.column_stack([head.probability(features) for head in heads.values()])
    difference = float(np.abs(theirs - ours).max())
    if not difference <= TOLERANCE:
        raise ModelError(
            f"the ONNX graph differs from the heads by {difference:.1e}, allowed {TOLERANCE:g}; not written"
        )
    return difference
