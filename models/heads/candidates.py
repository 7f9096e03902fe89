"""Candidates: the heads that may serve a category, each a kind and one of the few parameter sets worth trying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.errors import ModelError
from models.heads.design import Design
from models.heads.kind import Problem
from models.heads.kinds import KINDS, kind_named, unknown_kind


@dataclass(frozen=True)
class Candidate:
    """A kind of head and one parameter set."""

    kind: str
    params: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The kind with its parameters, for tables."""
        return f"{self.kind}({', '.join(f'{key}={value}' for key, value in sorted(self.params.items()))})"

    def prepare(self, design: Design) -> Problem:
        """Make the problem this candidate solves."""
        return kind_named(self.kind).prepare(design, self.params)


def candidates(kinds: Sequence[str]) -> list[Candidate]:
    """All parameter sets of some kinds, in the order of ``KINDS``.

    Raises
    ------
    ModelError
        For a kind that does not exist (exit code 2).
    """
    for kind in kinds:
        if kind not in KINDS:
            raise ModelError(unknown_kind(kind), exit_code=2)
    return [Candidate(kind, params) for kind in KINDS if kind in kinds for params in kind_named(kind).grid]
