"""Figures: what one model is worth on the test part, for each category and on average, with 95 % intervals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ConfigDict, Field

from models.evaluation.bootstrap import Interval
from models.evaluation.paired import PairedDifference
from models.evaluation.record import Figure, Record
from models.evaluation.registry import NAMES
from models.evaluation.weighted import COUNTS

Figures = Mapping[str, Interval]
MACRO, MICRO = "macro", "micro"
UNKNOWN = (math.nan, math.nan)


class CategoryFigures(Record):
    """One category's figures; in JSON the metrics stand beside the other keys, under their own.

    Parameters
    ----------
    tp, fp, fn, tn
        Right and wrong "yes", wrong and right "no".
    threshold
        Probability from which the verdict is yes.
    positives, negatives
        Known labels.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Figure]

    tp: int
    fp: int
    fn: int
    tn: int
    threshold: Figure
    positives: int
    negatives: int

    @property
    def metrics(self) -> Mapping[str, float]:
        """Metric → value; a report may be older, or newer, than a metric."""
        return self.__pydantic_extra__

    def value(self, name: str) -> float:
        """A metric or one of the counts; NaN where it was not measured."""
        return float(getattr(self, name)) if name in COUNTS else self.metrics.get(name, math.nan)


class ModelFigures(Record):
    """What one model, the bundle's heads or a baseline, is worth on the test part.

    Parameters
    ----------
    macro, micro
        Metrics as means over `Evaluation.averaged`, and of all known pairs as if of one category; `micro` has the
        counts of verdicts as well.
    subset_accuracy
        Share of articles with all their known labels right.
    hamming_loss
        Share of known pairs that are wrong.
    intervals
        ``GROUP.METRIC``, ``subset_accuracy`` or ``hamming_loss`` → the ends of its 95 % interval.
    """

    categories: dict[str, CategoryFigures]
    macro: dict[str, Figure]
    micro: dict[str, Figure]
    subset_accuracy: Figure
    hamming_loss: Figure
    intervals: dict[str, tuple[Figure, Figure]]

    def figure(self, name: str) -> Interval:
        """A figure with its interval, by the name it has in ``intervals``; NaN where it was not measured."""
        group, _, metric = name.rpartition(".")
        return Interval(self._value(group, metric), *self.intervals.get(name, UNKNOWN))

    def figures(self, group: str) -> Figures:
        """All metrics of a category, ``macro`` or ``micro``."""
        return {name: self.figure(f"{group}.{name}") for name in NAMES}

    def all_figures(self) -> Iterator[tuple[str, str, Interval]]:
        """Group (empty for the figures of whole articles), figure and interval of everything that was measured."""
        for name in self.intervals:
            group, _, metric = name.rpartition(".")
            yield group, metric, self.figure(name)

    def _value(self, group: str, name: str) -> float:
        if not group:
            return float(getattr(self, name))
        if group in self.categories:
            return self.categories[group].value(name)
        return {MACRO: self.macro, MICRO: self.micro}[group].get(name, math.nan)


class BaselineFigures(ModelFigures):
    """A baseline on the same articles.

    Parameters
    ----------
    heads_above
        Category or ``macro`` → how far the bundle's heads are above it in average precision, on the same resamples.
    """

    heads_above: dict[str, PairedDifference] = Field(default_factory=dict)


@dataclass(frozen=True)
class Rival:
    """A baseline's figures of one category or average, and how far the heads are above it; None where not measured."""

    name: str
    figures: Figures
    gap: PairedDifference | None = None
