"""Summary: from a model's resampled figures to the fields of its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.arrays import Reals
from models.evaluation.bootstrap import Resampled
from models.evaluation.figures import MACRO, MICRO, CategoryFigures
from models.evaluation.paired import PairedDifference, paired_difference
from models.evaluation.registry import LEADING, NAMES
from models.evaluation.weighted import COUNTS


def model_figures(
    keys: Sequence[str], truth: Reals, thresholds: Reals, resampled: Mapping[str, Resampled]
) -> dict[str, Any]:
    """The fields of `ModelFigures` for one model.

    Parameters
    ----------
    keys
        Category of each column.
    truth, thresholds
        (n, n_categories) 1.0, 0.0 or NaN where unknown; (n_categories,) probability from which the verdict is yes.
    resampled
        Its figures as `averaged_statistic` names them.
    """
    return {
        "categories": {
            key: CategoryFigures(
                **values(resampled, key),
                **counts(resampled, key),
                threshold=float(thresholds[column]),
                positives=int((truth[:, column] == 1).sum()),
                negatives=int((truth[:, column] == 0).sum()),
            )
            for column, key in enumerate(keys)
        },
        "macro": values(resampled, MACRO),
        "micro": {**values(resampled, MICRO), **counts(resampled, MICRO)},
        "subset_accuracy": resampled["subset_accuracy"].value,
        "hamming_loss": resampled["hamming_loss"].value,
        "intervals": {name: ends_of(figure) for name, figure in resampled.items()},
    }


def ends_of(figure: Resampled) -> tuple[float, float]:
    """The 95 % interval of a figure."""
    interval = figure.interval
    return interval.low, interval.high


def values(resampled: Mapping[str, Resampled], group: str) -> dict[str, float]:
    """The metrics of one category or average, without their intervals."""
    return {name: resampled[f"{group}.{name}"].value for name in NAMES}


def counts(resampled: Mapping[str, Resampled], group: str) -> dict[str, int]:
    """Right and wrong verdicts of one category, or of all known pairs."""
    return {name: int(resampled[f"{group}.{name}"].value) for name in COUNTS}


def heads_above(
    keys: Sequence[str], heads: Mapping[str, Resampled], theirs: Mapping[str, Resampled]
) -> dict[str, PairedDifference]:
    """How far the heads are above a baseline in each category and on average, draw by draw."""
    names = {group: f"{group}.{LEADING.name}" for group in (*keys, MACRO)}
    return {group: paired_difference(heads[name], theirs[name]) for group, name in names.items()}
