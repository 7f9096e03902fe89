"""What a bundle gains the newsroom: how much needs no person, how often that is right, and the minutes it saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.calibration import Reals
from models.evaluation.bootstrap import Interval, cluster_bootstrap
from models.evaluation.weighted import Statistic, ratio

Verdict = Literal["yes", "no"]


@dataclass(frozen=True)
class Gain:
    """One category's part, with 95 % intervals.

    Parameters
    ----------
    decided
        Share of articles with "yes" or "no".
    yes_precision, no_precision
        How often that "yes" and that "no" are right; NaN when there is none. The first is what an advertiser who
        targets the category gets.
    """

    title: str
    decided: Interval
    yes_precision: Interval
    no_precision: Interval

    def broken(self, promised: float) -> list[Verdict]:
        """Which verdicts are right less often than promised, more than chance explains."""
        said: dict[Verdict, Interval] = {"yes": self.yes_precision, "no": self.no_precision}
        return [verdict for verdict, found in said.items() if found.high < promised]


@dataclass(frozen=True)
class Newsroom:
    """All categories with two thresholds each and people between them.

    Parameters
    ----------
    promised
        The precision that the thresholds were chosen for on validation.
    decided
        Share of test articles that need no person in any category, with its 95 % interval.
    minutes_per_article, articles_per_day
        Settings.
    """

    promised: float
    decided: Interval
    minutes_per_article: float
    articles_per_day: int
    categories: tuple[Gain, ...]

    @property
    def minutes_saved(self) -> float:
        """Editors' minutes a day."""
        return self.decided.value * self.articles_per_day * self.minutes_per_article

    @property
    def broken(self) -> tuple[tuple[str, Verdict], ...]:
        """Title and verdict where it is right less often than promised, more than chance explains."""
        return tuple((gain.title, verdict) for gain in self.categories for verdict in gain.broken(self.promised))


def newsroom_gain(
    titles: Sequence[str],
    truth: Reals,
    verdicts: npt.NDArray[np.str_],
    promised: float,
    day: tuple[float, int],
    clusters: Sequence[str],
    replicates: int,
) -> Newsroom:
    """Count what is decided without a person; verdicts that break the promise are left to one and save nothing.

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
    day
        Minutes per article, and articles per day.
    clusters, replicates
        Near-duplicate cluster of each article, which intervals resample, and the number of draws.
    """
    said = intervals(truth, verdicts, clusters, replicates)
    gains = gains_of(titles, said, said)
    kept = verdicts.copy()
    for column, gain in enumerate(gains):
        kept[np.isin(verdicts[:, column], gain.broken(promised)), column] = "ask"
    served = intervals(truth, kept, clusters, replicates)
    return Newsroom(promised, served["decided"], *day, gains_of(titles, served, said))


def gains_of(titles: Sequence[str], decided: Mapping[str, Interval], right: Mapping[str, Interval]) -> tuple[Gain, ...]:
    """Each category's part, from the shares decided and the shares right, which `shares` names."""
    return tuple(
        Gain(title, decided[f"{column}.decided"], right[f"{column}.yes"], right[f"{column}.no"])
        for column, title in enumerate(titles)
    )


def intervals(
    truth: Reals, verdicts: npt.NDArray[np.str_], clusters: Sequence[str], replicates: int
) -> dict[str, Interval]:
    """The shares with their 95 % intervals."""
    found = cluster_bootstrap(shares(truth, verdicts), clusters, replicates)
    return {name: one.interval for name, one in found.items()}


def shares(truth: Reals, verdicts: npt.NDArray[np.str_]) -> Statistic:
    """Prepare ``decided``, and ``COLUMN.decided``, ``COLUMN.yes`` and ``COLUMN.no`` for any weighting."""
    sure = verdicts != "ask"
    parts = {"decided": (sure.all(axis=1), np.ones(len(truth), dtype=bool))}
    for column, (right, said) in enumerate(zip(truth.T, verdicts.T, strict=True)):
        known = np.isfinite(right)
        parts[f"{column}.decided"] = sure[:, column], np.ones(len(truth), dtype=bool)
        parts[f"{column}.yes"] = known & (said == "yes") & (right == 1), known & (said == "yes")
        parts[f"{column}.no"] = known & (said == "no") & (right == 0), known & (said == "no")

    def figures(weights: Reals) -> dict[str, Reals]:
        return {name: ratio(weights @ part, weights @ whole) for name, (part, whole) in parts.items()}

    return figures
