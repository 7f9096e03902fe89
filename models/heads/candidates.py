"""Candidates: the kinds of head that may serve a category, with the few parameter sets worth trying."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from models.arrays import Reals, Rows, Truth
from models.errors import ModelError
from models.features import Features
from models.heads.boosted import BoostedHead, boosted_problem
from models.heads.design import Design
from models.heads.linear import LinearHead, hybrid_problem, logistic_problem
from models.heads.watch import Watch


class Scorer(Protocol):
    """A fitted head on its own."""

    @property
    def dim(self) -> int:
        """Components of the vectors it was fitted on."""

    def scores(self, features: Features) -> Reals:
        """One score an article, higher leans to yes."""

    def save(self, folder: Path) -> None:
        """Write the head's arrays into a folder."""


class Fit(Protocol):
    """A fitted problem."""

    def scores(self, rows: Rows) -> Reals:
        """Scores of some of the problem's own rows."""

    def head(self) -> Scorer:
        """The head on its own, giving the same scores."""


class Problem(Protocol):
    """A category's prepared features, to be fitted on any of their rows."""

    def fit(self, rows: Rows, truth: Truth, watch: Watch | None = None) -> Fit:
        """Fit on some rows; ``truth`` is of those rows. What takes rounds tells ``watch`` how its losses go."""


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
        return KINDS[self.kind].prepare(design, self.params)


@dataclass(frozen=True)
class Kind:
    """How one kind of head is prepared and loaded, and the parameter sets to try."""

    prepare: Callable[[Design, Mapping[str, Any]], Problem]
    load: Callable[[Path], Scorer]
    grid: Sequence[Mapping[str, Any]]


HINGE = {"loss": "squared_hinge", "C": 1.0}
KINDS = {
    "hybrid": Kind(
        hybrid_problem,
        LinearHead.load,
        [{**HINGE, "dense_weight": weight, "theme_weight": weight} for weight in (0.5, 0.7, 0.35, 0.25)],
    ),
    "logistic": Kind(logistic_problem, LinearHead.load, [{"loss": "log", "C": 10.0, "dense_weight": 1.0}]),
    "lightgbm": Kind(
        boosted_problem,
        BoostedHead.load,
        [{"rounds": 150, "learning_rate": 0.1, "num_leaves": 15, "feature_fraction": 0.3, "max_bin": 63}],
    ),
}


def candidates(kinds: Sequence[str]) -> list[Candidate]:
    """All parameter sets of some kinds, in the order of ``KINDS``.

    Raises
    ------
    ModelError
        For a kind that does not exist (exit code 2).
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise ModelError(f"no head of kind {unknown[0]!r}; there are: {', '.join(KINDS)}", exit_code=2)
    return [Candidate(kind, params) for kind in KINDS if kind in kinds for params in KINDS[kind].grid]
