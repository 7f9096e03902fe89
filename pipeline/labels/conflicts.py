"""Conflicts: rows of one table that contradict each other about an article and a category."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from pipeline.labels.import_call import ImportCall, OnConflict
from pipeline.setup.errors import PipelineError

NAMED = 5  # conflicts that an error spells out


@dataclass(frozen=True, slots=True)
class CellOpinion:
    """What one cell says: ``value`` is 1 or 0, ``line`` where it stands in the file."""

    article_id: str
    category: str
    value: int
    line: int


@dataclass(frozen=True)
class Conflict:
    """Two cells that say the opposite; the first of each kind."""

    first: CellOpinion
    second: CellOpinion

    def __str__(self) -> str:
        said, gainsaid = self.first, self.second
        lines = f"line {said.line} says {said.category} = {said.value}, line {gainsaid.line} says {gainsaid.value}"
        return f"{lines} of article {said.article_id[:12]}"


def conflicts_of(opinions: Iterable[CellOpinion]) -> list[Conflict]:
    """Name the contradictions, one for each article and category, in the order of the file."""
    first: dict[tuple[str, str], CellOpinion] = {}
    conflicts: dict[tuple[str, str], Conflict] = {}
    for opinion in opinions:
        subject = (opinion.article_id, opinion.category)
        earlier = first.setdefault(subject, opinion)
        if earlier.value != opinion.value:
            conflicts.setdefault(subject, Conflict(earlier, opinion))
    return list(conflicts.values())


def without_conflicts(
    opinions: Sequence[CellOpinion], conflicts: Sequence[Conflict], on_conflict: OnConflict
) -> dict[tuple[str, str], int]:
    """(article, category) → value, each once; of contradictions the last or none."""
    values = {(opinion.article_id, opinion.category): opinion.value for opinion in opinions}
    match on_conflict:
        case "last":
            return values
        case "skip" | "refuse":
            disputed = {(conflict.first.article_id, conflict.first.category) for conflict in conflicts}
            return {subject: value for subject, value in values.items() if subject not in disputed}
        case _:
            assert_never(on_conflict)


def require_agreement(call: ImportCall, conflicts: Sequence[Conflict]) -> None:
    """Refuse a table that contradicts itself, unless a person said what to do then.

    Raises
    ------
    PipelineError
        With the first contradictions and the commands that settle them.
    """
    if not conflicts or call.reading.on_conflict != "refuse":
        return
    more = f"; and {len(conflicts) - NAMED} more" if len(conflicts) > NAMED else ""
    named = "; ".join(map(str, conflicts[:NAMED]))
    how = f"leave them out with: {call.again('--on-conflict', 'skip')} (or take the later row: --on-conflict last)"
    count = f"{len(conflicts)} contradiction{'s' if len(conflicts) > 1 else ''}"
    raise PipelineError(f"{call.file}: {count}: {named}{more}; nothing was imported; {how}")
