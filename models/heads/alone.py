"""Fitting one head alone: what a process of its own runs, and what it hands back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from models.errors import ModelError
from models.heads.candidates import Candidate
from models.heads.head import Examples, Head, Recipe, fit_head


@dataclass(frozen=True)
class Fitted:
    """A head just fitted, the mean average precision of each candidate, and the seconds it took."""

    head: Head
    tried: Mapping[str, float]
    seconds: float


def fit_alone(
    key: str, examples: Examples, tried: Sequence[Candidate], recipe: Recipe, say: Callable[[str], None]
) -> Fitted:
    """Fit a category's head on one thread: more of them make small matrix products slower.

    Raises
    ------
    ModelError
        When the labels cannot be split into folds; the category is named.
    """
    started = time.perf_counter()
    try:
        with threadpool_limits(1):
            head, figures = fit_head(examples, tried, recipe, lambda line: say(f"{key}: {line}"))
    except ModelError as error:
        raise ModelError(f"{key}: {error}", error.exit_code) from error
    say(f"{key}: {head.candidate.name}, {losses(head)}")
    return Fitted(head, figures, round(time.perf_counter() - started, 3))


def losses(head: Head) -> str:
    """The log losses of a head in words."""
    validation = head.facts["validation_loss"]
    shown = "none" if validation is None else f"{validation:.3f}"
    return f"log loss train {head.facts['train_loss']:.3f}, validation {shown}"
