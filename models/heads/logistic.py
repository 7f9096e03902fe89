"""`logistic`: logistic regression over the dense view, which alone learns from a handful of labels."""

from __future__ import annotations

import numpy as np

from models.heads.design import Design
from models.heads.kind import Kind, KindWords, Params
from models.heads.linear import WEIGHTS_FILE, load_linear
from models.heads.linear_explain import contributions
from models.heads.linear_fit import LinearProblem
from models.heads.linear_onnx import linear_scores


def prepare(design: Design, params: Params) -> LinearProblem:
    """A head over the dense view."""
    return LinearProblem(design, design.dense * np.float32(params["dense_weight"]), params)


KIND = Kind(
    words=KindWords(
        english="logistic regression over the encoder's vectors",
        russian="логистическая регрессия",
        no_words="reads the vector alone, no words; only neighbours explain it",
    ),
    grid=({"loss": "log", "C": 10.0, "dense_weight": 1.0},),
    prepare=prepare,
    file=WEIGHTS_FILE,
    load=load_linear,
    take_apart=contributions,
    to_onnx=linear_scores,
)
