"""Boosted trees on the dense view: LightGBM, for signals that are not linear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.arrays import Floats, Reals, Rows, Truth
from models.errors import ModelError
from models.features import Features
from models.heads.design import Design
from models.heads.tree_text import check_tree_text
from models.heads.watch import Watch

if TYPE_CHECKING:
    import lightgbm as lgb  # 0.7 s, which only those pay who fit or load trees

MODEL_FILE = "model.txt"
TELL_EVERY = 50
FIXED = {
    "objective": "binary",
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 0,
    "verbosity": -1,
}


@dataclass(frozen=True)
class BoostedHead:
    """A LightGBM model over the vectors."""

    booster: lgb.Booster

    def scores(self, features: Features) -> Reals:
        """Raw scores (log-odds), (n,) float64."""
        return raw_scores(self.booster, features.dense)

    def save(self, folder: Path) -> None:
        """Write the model in LightGBM's text format."""
        (folder / MODEL_FILE).write_text(self.booster.model_to_string(), encoding="utf-8")

    @property
    def dim(self) -> int:
        """Components of the vectors it was fitted on."""
        return int(self.booster.num_feature())

    @classmethod
    def load(cls, folder: Path) -> BoostedHead:
        """Read the model back.

        Raises
        ------
        ValueError, LookupError, ModelError
            When the file is not a model of trees.
        """
        text = (folder / MODEL_FILE).read_text(encoding="utf-8")
        check_tree_text(text)
        import lightgbm as lgb

        try:
            return cls(lgb.Booster(model_str=text))
        except lgb.basic.LightGBMError as error:
            raise ModelError(f"{folder / MODEL_FILE} is damaged: no LightGBM text model ({error})") from error


@dataclass(frozen=True)
class BoostedProblem:
    """One category's vectors and parameters, to be fitted on any of their rows."""

    dense: Floats
    params: Mapping[str, Any]

    def fit(self, rows: Rows, truth: Truth, watch: Watch | None = None) -> BoostedFit:
        """Fit on some rows; ``truth`` is of those rows. Losses are told every ``TELL_EVERY`` rounds."""
        import lightgbm as lgb

        options = {key: value for key, value in self.params.items() if key != "rounds"}
        train = lgb.Dataset(self.dense[rows], truth.astype(np.float32))
        watched: dict[str, Any] = {}
        if watch and len(watch.rows):
            held_out = train.create_valid(self.dense[watch.rows], watch.truth.astype(np.float32))
            watched = {"valid_sets": [train, held_out], "valid_names": ["train", "validation"]}
            watched["callbacks"] = [teller(watch)]
        booster = lgb.train({**FIXED, **options}, train, num_boost_round=self.params["rounds"], **watched)
        return BoostedFit(self, booster)


@dataclass(frozen=True)
class BoostedFit:
    """A fitted problem: scores its own rows, or becomes a head of its own."""

    problem: BoostedProblem
    booster: lgb.Booster

    def scores(self, rows: Rows, rounds: int | None = None) -> Reals:
        """Raw scores (log-odds) of some of the problem's rows, after all rounds or the first ones."""
        return raw_scores(self.booster, self.problem.dense[rows], rounds)

    def head(self) -> BoostedHead:
        """The head that gives the same scores from cached features."""
        return BoostedHead(self.booster)


def boosted_problem(design: Design, params: Mapping[str, Any]) -> BoostedProblem:
    """Boosted trees over the dense view as it is cached: trees need no scaling."""
    return BoostedProblem(design.features.dense, params)


def raw_scores(booster: lgb.Booster, dense: Floats, rounds: int | None = None) -> Reals:
    """Log-odds, (n,) float64."""
    return np.asarray(booster.predict(dense, raw_score=True, num_iteration=rounds, num_threads=1), dtype=np.float64)


def teller(watch: Watch) -> Callable[[lgb.callback.CallbackEnv], None]:
    """A callback that tells the losses of a round."""

    def tell(state: lgb.callback.CallbackEnv) -> None:
        if (state.iteration + 1) % TELL_EVERY == 0:
            train, validation = (entry[2] for entry in state.evaluation_result_list or [])
            watch.tell(f"round {state.iteration + 1}: log loss train {train:.3f}, validation {validation:.3f}")

    return tell
