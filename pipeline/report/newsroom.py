"""What a bundle gains the newsroom: how much needs no person, how often that is right, and the minutes it saves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Gain:
    """One category's part.

    Parameters
    ----------
    decided
        Share of articles with "yes" or "no".
    yes_precision, no_precision
        How often that "yes" and that "no" are right; NaN when there is none. The first is what an advertiser who
        targets the category gets.
    """

    title: str
    decided: float
    yes_precision: float
    no_precision: float


@dataclass(frozen=True)
class Newsroom:
    """All categories with two thresholds each and people between them.

    Parameters
    ----------
    promised
        The precision that the thresholds were chosen for on validation.
    decided
        Share of test articles that need no person in any category.
    minutes_per_article, articles_per_day
        Settings.
    """

    promised: float
    decided: float
    minutes_per_article: float
    articles_per_day: int
    categories: tuple[Gain, ...]

    @property
    def minutes_saved(self) -> float:
        """Editors' minutes a day."""
        return self.decided * self.articles_per_day * self.minutes_per_article


def newsroom_gain(
    titles: Sequence[str],
    truth: npt.NDArray[np.float64],
    verdicts: npt.NDArray[np.str_],
    promised: float,
    minutes_per_article: float,
    articles_per_day: int,
) -> Newsroom:
    """Count what is decided without a person.

    Parameters
    ----------
    titles
        Category of each column.
    truth
        (n_test, n_categories): 1.0, 0.0 or NaN where unknown; unknown labels count nowhere as right or wrong.
    verdicts
        (n_test, n_categories) ``yes``, ``ask`` or ``no``, by thresholds chosen on validation.
    promised
        The precision those thresholds were chosen for, in (0, 1).
    """
    sure = verdicts != "ask"
    known = np.isfinite(truth)
    categories = tuple(
        Gain(
            title,
            decided=share(sure[:, j]),
            yes_precision=share(truth[(verdicts[:, j] == "yes") & known[:, j], j] == 1),
            no_precision=share(truth[(verdicts[:, j] == "no") & known[:, j], j] == 0),
        )
        for j, title in enumerate(titles)
    )
    return Newsroom(promised, share(sure.all(axis=1)), minutes_per_article, articles_per_day, categories)


def share(flags: npt.NDArray[np.bool_]) -> float:
    """Share of what is so; NaN of nothing."""
    return float(flags.mean()) if len(flags) else float("nan")
