"""The evaluation of a bundle: every figure on the test part, as ``reports/BUNDLE.json`` and ``--json`` hold it.

The page, the model card, the terminal's tables, the rows for SQL and the JSON are all made from this record.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import Field

from models.evaluation.changes import Changes
from models.evaluation.figures import BaselineFigures, ModelFigures, Rival
from models.evaluation.gains import NewsroomGainBesideBaselines
from models.evaluation.overlaps import Confusion, CoOccurrence
from models.evaluation.record import Figure, Record
from models.provenance import Provenance


class Subject(Record):
    """What was measured: the bundle, on how many test articles, and when."""

    bundle: str
    articles: int
    evaluated_at: datetime


class Evaluation(ModelFigures, Subject):
    """A bundle's heads on the test part, beside the baselines and an earlier bundle.

    Parameters
    ----------
    averaged
        Categories that the macro averages of all models are over.
    label_cardinality, predicted_cardinality
        Categories an article has, by labels and by verdicts.
    co_occurrence, confusions
        Which categories share articles, and which are taken for one another. A report from before these four were kept
        has None.
    newsroom
        What the bundle gains the newsroom, and what each baseline would.
    ground
        Category → where its labels come from and how often its head says yes elsewhere; empty in a report from before
        this was kept.
    compare
        What differs from an earlier bundle; None without one.
    report
        The page made from it.
    identity
        Fingerprint of all that it follows from: the same one means the same figures.
    """

    averaged: tuple[str, ...]
    label_cardinality: Figure | None = None
    predicted_cardinality: Figure | None = None
    co_occurrence: tuple[CoOccurrence, ...] | None = None
    confusions: tuple[Confusion, ...] | None = None
    baselines: dict[str, BaselineFigures] = Field(default_factory=dict)
    newsroom: NewsroomGainBesideBaselines | None = None
    ground: dict[str, Provenance] = Field(default_factory=dict)
    compare: Changes | None = None
    report: Path | None = None
    identity: str = ""

    @property
    def left_out(self) -> list[str]:
        """Categories that no macro average counts, for want of test articles in them or outside."""
        return [key for key in self.categories if key not in self.averaged]

    def rivals(self, group: str) -> tuple[Rival, ...]:
        """The baselines' figures of a category or ``macro``."""
        return tuple(
            Rival(name, baseline.figures(group), baseline.heads_above.get(group))
            for name, baseline in self.baselines.items()
        )
