"""Changes: a bundle beside an earlier one on the same test articles, metric by metric and verdict by verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ConfigDict

from models.evaluation.bootstrap import Interval
from models.evaluation.paired import McNemar, PairedDifference
from models.evaluation.record import Record
from models.thresholds import Verdict


@dataclass(frozen=True)
class Gap:
    """One metric of both bundles, and the difference on the same resamples."""

    before: Interval
    after: Interval
    difference: PairedDifference


class Flip(Record):
    """An article whose verdict differs between two bundles, with the probability that either gave it."""

    id: str
    title: str
    truth: bool
    before: Verdict
    after: Verdict
    source: str
    probability_before: float
    probability_after: float


class Change(Record):
    """One category beside the earlier bundle; in JSON the gaps stand beside the other keys, under their metrics.

    Parameters
    ----------
    mcnemar
        Articles that only the earlier, or only the newer one has right, and the exact test of "equally often".
    flipped, flips
        How many verdicts changed, and those whose probability changed most.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Gap]

    title: str
    mcnemar: McNemar
    flipped: int
    flips: tuple[Flip, ...]

    @property
    def gaps(self) -> Mapping[str, Gap]:
        """Metric → both values and the paired difference."""
        return self.__pydantic_extra__


class Changes(Record):
    """A bundle beside an earlier one.

    Parameters
    ----------
    bundle
        The earlier one.
    categories
        Those that both have.
    macro
        Mean over them, by metric.
    added, removed
        Titles of the categories that only the newer, and only the earlier one has.
    """

    bundle: str
    categories: dict[str, Change]
    macro: dict[str, Gap]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def flipped(self) -> int:
        """Verdicts that changed, over all categories."""
        return sum(change.flipped for change in self.categories.values())
