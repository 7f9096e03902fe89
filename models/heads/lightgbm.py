"""`lightgbm`: boosted trees over the dense view, for signals that are not linear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.arrays import Floats, Reals, Rows, Truth
from models.errors import ModelError
from models.features import Features
from models.heads.kind import Kind, KindWords, Params
from models.heads.lightgbm_onnx import tree_ensemble
from models.heads.lightgbm_text import check_tree_text
from models.heads.loss_monitor import LossMonitor

if TYPE_CHECKING:
    import lightgbm as lgb  # 0.7 s, which only those pay who fit or load trees

    from models.onnx.graph import Graph

MODEL_FILE = "model.txt"
TELL_EVERY = 50
FIXED = {  # what makes the same trees of the same rows, on any number of cores
    "objective": "binary",
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 0,
    "verbosity": -1,
}


@dataclass(frozen=True)
class TreeScorer:
    """A LightGBM model over the vectors."""

    booster: lgb.Booster

    @property
    def dim(self) -> int:
        """Components of the vectors it was fitted on."""
        return int(self.booster.num_feature())

    def scores(self, features: Features) -> Reals:
        """Raw scores (log-odds), (n,) float64."""
        return raw_scores(self.booster, features.dense)

    def save(self, folder: Path) -> None:
        """Write the model in LightGBM's text format."""
        (folder / MODEL_FILE).write_text(self.booster.model_to_string(), encoding="utf-8")


@dataclass(frozen=True)
class TreeProblem:
    """One category's vectors and parameters, to be fitted on any of their rows."""

    dense: Floats
    params: Params

    def fit(self, rows: Rows, truth: Truth, monitor: LossMonitor | None = None) -> TreeFit:
        """Fit on some rows; ``truth`` is of those rows. Losses are told every ``TELL_EVERY`` rounds."""
        import lightgbm as lgb

        options = {key: value for key, value in self.params.items() if key != "rounds"}
        train = lgb.Dataset(self.dense[rows], truth.astype(np.float32))
        monitored: dict[str, Any] = {}
        if monitor and len(monitor.rows):
            held_out = train.create_valid(self.dense[monitor.rows], monitor.truth.astype(np.float32))
            monitored = {"valid_sets": [train, held_out], "valid_names": ["train", "validation"]}
            monitored["callbacks"] = [teller(monitor)]
        booster = lgb.train({**FIXED, **options}, train, num_boost_round=self.params["rounds"], **monitored)
        return TreeFit(self, booster)


@dataclass(frozen=True)
class TreeFit:
    """A fitted problem: scores its own rows, or becomes a scorer of its own."""

    problem: TreeProblem
    booster: lgb.Booster

    def scores(self, rows: Rows, rounds: int | None = None) -> Reals:
        """Raw scores (log-odds) of some of the problem's rows, after all rounds or the first ones."""
        return raw_scores(self.booster, self.problem.dense[rows], rounds)

    def head(self) -> TreeScorer:
        """The scorer that gives the same scores from cached features."""
        return TreeScorer(self.booster)


def raw_scores(booster: lgb.Booster, dense: Floats, rounds: int | None = None) -> Reals:
    """Log-odds, (n,) float64."""
    return np.asarray(booster.predict(dense, raw_score=True, num_iteration=rounds, num_threads=1), dtype=np.float64)


def teller(monitor: LossMonitor) -> Callable[[lgb.callback.CallbackEnv], None]:
    """A callback that tells the losses of a round."""

    def tell(state: lgb.callback.CallbackEnv) -> None:
        if (state.iteration + 1) % TELL_EVERY == 0:
            train, validation = (entry[2] for entry in state.evaluation_result_list or [])
            monitor.tell(f"round {state.iteration + 1}: log loss train {train:.3f}, validation {validation:.3f}")

    return tell


def load_trees(folder: Path) -> TreeScorer:
    """Read the model back, after a check that LightGBM itself does not make.

    Raises
    ------
    ValueError, LookupError, ModelError
        When the file is not a model of trees.
    """
    text = (folder / MODEL_FILE).read_text(encoding="utf-8")
    check_tree_text(text)
    import lightgbm as lgb

    try:
        return TreeScorer(lgb.Booster(model_str=text))
    except lgb.basic.LightGBMError as error:
        raise ModelError(f"{folder / MODEL_FILE} is damaged: no LightGBM text model ({error})") from error


def tree_scores(graph: Graph, scorers: Sequence[TreeScorer]) -> str:
    """Scores of all heads of trees, (n, n_scorers)."""
    return tree_ensemble(graph, "dense", [scorer.booster for scorer in scorers])


KIND: Kind[TreeScorer] = Kind(
    words=KindWords(
        english="boosted trees over the encoder's vectors",
        russian="деревья LightGBM",
        no_words="is trees over the vector, whose score is no sum of words; only neighbours explain it",
    ),
    grid=({"rounds": 150, "learning_rate": 0.1, "num_leaves": 15, "feature_fraction": 0.3, "max_bin": 63},),
    prepare=lambda design, params: TreeProblem(design.features.dense, params),  # trees need no scaling
    file=MODEL_FILE,
    load=load_trees,
    take_apart=lambda scorer, features, counts: None,
    to_onnx=tree_scores,
)
