"""A kind of head: all that the rest of Rubrika needs of it, in one record that the kind's own file fills in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from models.arrays import Reals, Rows, Truth
from models.explain import Contributions
from models.features import Features
from models.heads.design import Design
from models.heads.loss_monitor import LossMonitor
from models.lexical.words import WordCounts

if TYPE_CHECKING:
    from models.onnx.graph import Graph

Params = Mapping[str, Any]


class Scorer(Protocol):
    """A fitted head on its own."""

    @property
    def dim(self) -> int:
        """Components of the vectors it was fitted on."""

    def scores(self, features: Features) -> Reals:
        """One score an article, higher leans to yes."""

    def save(self, folder: Path) -> None:
        """Write the head's arrays into a folder, as the one file that its kind names."""


class Fit(Protocol):
    """A fitted problem."""

    def scores(self, rows: Rows) -> Reals:
        """Scores of some of the problem's own rows."""

    def head(self) -> Scorer:
        """The head on its own, giving the same scores."""


class Problem(Protocol):
    """A category's prepared features, to be fitted on any of their rows."""

    def fit(self, rows: Rows, truth: Truth, monitor: LossMonitor | None = None) -> Fit:
        """Fit on some rows; ``truth`` is of those rows. What takes rounds tells ``monitor`` how its losses go."""


@dataclass(frozen=True)
class KindWords:
    """How a kind is called.

    Parameters
    ----------
    english, russian
        In the model card, and on the pages that editors read.
    no_words
        Of a kind that reads no words, what that means for an explanation; empty for one that does.
    """

    english: str
    russian: str
    no_words: str = ""


def any_params(params: Params, rarer: int, words: float) -> bool:
    """For a kind whose parameters do not depend on how much there is to learn from."""
    return True


S = TypeVar("S", bound=Scorer)


@dataclass(frozen=True)
class Kind(Generic[S]):
    """One kind of head.

    Parameters
    ----------
    words
        How it is called.
    grid
        The parameter sets worth trying.
    prepare
        From views and parameters to the problem it solves.
    file
        The file that its scorers write, beside ``head.json``: arrays or text, never a pickle.
    load
        Read a scorer back from a folder; files of strangers come here, so it trusts nothing in them.
    take_apart
        A score of one article as a sum; None where it is none.
    to_onnx
        Add some scorers to a graph that has the input ``dense``; gives the name of their scores, (n, n_scorers). Kinds
        that share this function are computed side by side.
    suits
        Whether a parameter set is the one to begin with, by labels of the rarer class and words in an article; the
        first of the grid where none is.
    """

    words: KindWords
    grid: Sequence[Params]
    prepare: Callable[[Design, Params], Problem]
    file: str
    load: Callable[[Path], S]
    take_apart: Callable[[S, Features, WordCounts], Contributions | None]
    to_onnx: Callable[[Graph, Sequence[S]], str]
    suits: Callable[[Params, int, float], bool] = any_params
