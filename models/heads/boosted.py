"""Boosted trees on the dense view: LightGBM, for signals that are not linear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from models.errors import ModelError
from models.features import Features, Floats

MODEL_FILE = "model.txt"
LOG_EVERY = 25
Watch = Callable[[int, float, float], None]


@dataclass(frozen=True)
class BoostedHead:
    """A LightGBM model over the vectors."""

    booster: lgb.Booster

    def scores(self, features: Features) -> npt.NDArray[np.float64]:
        """Raw scores (log-odds), (n,) float64."""
        return np.asarray(self.booster.predict(features.dense, raw_score=True, num_threads=1), dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write the model in LightGBM's text format."""
        (folder / MODEL_FILE).write_text(self.booster.model_to_string(), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> BoostedHead:
        """Read the model back."""
        try:
            return cls(lgb.Booster(model_str=(folder / MODEL_FILE).read_text(encoding="utf-8")))
        except lgb.basic.LightGBMError as error:
            raise ModelError(f"{folder / MODEL_FILE} is not a LightGBM text model: {error}") from error


@dataclass(frozen=True)
class BoostedProblem:
    """One category's vectors, fitted on any of their rows."""

    dense: Floats
    params: Mapping[str, Any]

    def fit(
        self,
        rows: npt.NDArray[np.intp],
        truth: npt.NDArray[np.bool_],
        held_out: tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]] | None = None,
        watch: Watch | None = None,
    ) -> BoostedHead:
        """Fit on some rows; ``watch(round, train loss, held-out loss)`` is called now and then, losses in nats."""
        train = lgb.Dataset(self.dense[rows], truth.astype(np.float32), free_raw_data=False)
        options = {key: value for key, value in self.params.items() if key != "rounds"}
        validation, callbacks = [], []
        if held_out is not None and watch is not None:
            validation = [train, train.create_valid(self.dense[held_out[0]], held_out[1].astype(np.float32))]
            callbacks = [_watcher(watch)]
        booster = lgb.train(
            {**FIXED, **options},
            train,
            num_boost_round=self.params["rounds"],
            valid_sets=validation,
            valid_names=["train", "validation"][: len(validation)],
            callbacks=callbacks,
        )
        return BoostedHead(booster)


FIXED = {
    "objective": "binary",
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 0,
    "verbosity": -1,
}


def boosted_problem(features: Features, params: Mapping[str, Any]) -> BoostedProblem:
    """Prepare boosted trees over the dense view."""
    return BoostedProblem(features.dense, params)


def _watcher(watch: Watch) -> Callable[[lgb.callback.CallbackEnv], None]:
    def report(state: lgb.callback.CallbackEnv) -> None:
        if (state.iteration + 1) % LOG_EVERY == 0:
            losses = [entry[2] for entry in state.evaluation_result_list or []]
            watch(state.iteration + 1, losses[0], losses[1])

    return report
