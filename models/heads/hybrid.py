"""`hybrid`: one linear function of the dense view and all lexical blocks, the kind that wins nearly everywhere.

Wang and Manning, "Baselines and Bigrams" (ACL 2012), is the source of the squared-hinge loss on normalised counts; the
dense view is standardised to the length of a TF-IDF row and weighed by `dense_weight` before stacking.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from models.heads.design import Design
from models.heads.kind import Kind, KindWords, Params
from models.heads.linear import WEIGHTS_FILE, load_linear
from models.heads.linear_explain import contributions
from models.heads.linear_fit import LinearProblem, block_weight
from models.heads.linear_onnx import linear_scores

WEIGHTS = (0.5, 0.7, 0.35, 0.25)  # measured: docs/decisions.md
WEIGHT_OF_MANY = 0.35
WEIGHT_BELOW = {  # weights while the rarer class has fewer labels
    "short": ((60, 0.7), (300, 0.5)),
    "long": ((30, 0.7), (150, 0.5)),
}
LONG = 80  # words: more than a headline and a lead


def prepare(design: Design, params: Params) -> LinearProblem:
    """A head over the dense view and all lexical blocks."""
    dense = sp.csr_matrix(design.dense * np.float32(params["dense_weight"]))
    blocks = [counts * block_weight(params, name) for name, counts in design.lexical.items()]
    return LinearProblem(design, sp.hstack([dense, *blocks], format="csr"), params)


def default_weight(rarer: int, words: float) -> float:
    """How long vectors and themes are made beside n-grams: the longer, the fewer labels and words there are."""
    steps = WEIGHT_BELOW["long" if words >= LONG else "short"]
    return next((weight for labels, weight in steps if rarer < labels), WEIGHT_OF_MANY)


def suits(params: Params, rarer: int, words: float) -> bool:
    """Whether the vectors have the weight that so many labels and words call for."""
    return bool(params.get("dense_weight") == default_weight(rarer, words))


KIND = Kind(
    words=KindWords(
        english="linear SVM over the encoder's vectors and hashed character n-grams and stems",
        russian="смысл + слова",
    ),
    grid=tuple(
        {"loss": "squared_hinge", "C": 1.0, "dense_weight": weight, "theme_weight": weight} for weight in WEIGHTS
    ),
    prepare=prepare,
    file=WEIGHTS_FILE,
    load=load_linear,
    take_apart=contributions,
    to_onnx=linear_scores,
    suits=suits,
)
