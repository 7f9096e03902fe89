"""Rows: every figure of an evaluation as one row for SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from models.evaluation.answers import HEADS
from models.evaluation.evaluation import Evaluation
from models.evaluation.figures import ModelFigures

WHOLE_ARTICLES = "all"  # the category of figures that are of no single one


def metric_rows(evaluation: Evaluation) -> pa.Table:
    """The figures of the heads and of every baseline, counts of verdicts included."""
    models = {HEADS: evaluation, **evaluation.baselines}
    return pa.Table.from_pylist(
        [
            {"bundle": evaluation.bundle, "model": name, **row, "evaluated_at": evaluation.evaluated_at}
            for name, model in models.items()
            for row in rows_of_model(model)
        ]
    )


def rows_of_model(model: ModelFigures) -> Iterator[Mapping[str, Any]]:
    """One model's figures."""
    for group, metric, figure in model.all_figures():
        yield {
            "category": group or WHOLE_ARTICLES,
            "metric": metric,
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
        }
