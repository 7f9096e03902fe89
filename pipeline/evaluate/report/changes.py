"""What the report shows of the difference to an earlier bundle: figure by figure and verdict by verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.evaluation.bootstrap import Difference, Interval, McNemar
from pipeline.evaluate.report.evidence import Flip


@dataclass(frozen=True)
class Gap:
    """One figure of both bundles and the difference on the same resamples."""

    before: Interval
    after: Interval
    difference: Difference


@dataclass(frozen=True)
class Change:
    """One category against the earlier bundle.

    Parameters
    ----------
    gaps
        Figure → both values and the paired difference.
    mcnemar
        Articles that only the earlier, or only the newer one has right, and the exact test of "equally often".
    flipped, flips
        How many verdicts changed, and those whose probability changed most.
    """

    key: str
    title: str
    gaps: Mapping[str, Gap]
    mcnemar: McNemar
    flipped: int
    flips: tuple[Flip, ...]


@dataclass(frozen=True)
class Changes:
    """A bundle against an earlier one.

    Parameters
    ----------
    previous
        The earlier bundle.
    macro
        Mean over the categories that both have.
    categories
        Those categories.
    added, removed
        Titles of the categories that only the newer, and only the earlier one has.
    """

    previous: str
    macro: Mapping[str, Gap]
    categories: tuple[Change, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def flipped(self) -> int:
        """Verdicts that changed, over all categories."""
        return sum(change.flipped for change in self.categories)
