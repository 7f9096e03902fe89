"""What a bundle gains the newsroom: how much needs no person, how often that is right, and the minutes it saves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.arrays import Reals
from models.evaluation.bootstrap import Interval, cluster_bootstrap
from models.evaluation.exact import Whole
from models.evaluation.weighted import Statistic, ratio

Verdict = Literal["yes", "no"]
Verdicts = npt.NDArray[np.str_]
Shares = Mapping[str, tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]


@dataclass(frozen=True)
class Gain:
    """One category's part, with 95 % intervals.

    Parameters
    ----------
    promised
        The precision that its thresholds were chosen for, on articles outside the test.
    decided
        Share of articles with "yes" or "no".
    yes_precision, no_precision
        How often that "yes" and that "no" are right; NaN when there is none. The first is what an advertiser who
        targets the category gets.
    yes, no
        How many articles get that verdict without a person: none where it breaks the promise.
    """

    title: str
    promised: float
    decided: Interval
    yes_precision: Interval
    no_precision: Interval
    yes: int
    no: int

    @property
    def broken(self) -> list[Verdict]:
        """Which verdicts are right less often than promised, more than chance explains."""
        said: dict[Verdict, Interval] = {"yes": self.yes_precision, "no": self.no_precision}
        return [verdict for verdict, found in said.items() if found.high < self.promised]


@dataclass(frozen=True)
class Newsroom:
    """All categories with two thresholds each and people between them.

    Parameters
    ----------
    decided
        Share of test articles that need no person in any category.
    right
        Share of those with all their known labels right.
    kept
        Share that would need no person if every verdict that breaks its promise, as only the test shows, went to one.
    minutes_per_article, articles_per_day
        Settings.
    """

    decided: Interval
    right: Interval
    kept: Interval
    minutes_per_article: float
    articles_per_day: int
    categories: tuple[Gain, ...]

    @property
    def promised(self) -> float:
        """The least that is promised of any category."""
        return min((gain.promised for gain in self.categories), default=float("nan"))

    @property
    def promised_most(self) -> float:
        """The most that is promised of any category."""
        return max((gain.promised for gain in self.categories), default=float("nan"))

    @property
    def minutes_saved(self) -> Interval:
        """Editors' minutes a day."""
        day = self.articles_per_day * self.minutes_per_article
        return Interval(self.decided.value * day, self.decided.low * day, self.decided.high * day)

    @property
    def yes(self) -> int:
        """How often "yes" is said without a person, over all categories."""
        return sum(gain.yes for gain in self.categories)

    @property
    def no(self) -> int:
        """How often "no" is said without a person, over all categories."""
        return sum(gain.no for gain in self.categories)

    @property
    def broken(self) -> tuple[tuple[str, Verdict], ...]:
        """Title and verdict where it is right less often than promised, more than chance explains."""
        return tuple((gain.title, verdict) for gain in self.categories for verdict in gain.broken)


def newsroom_gain(
    promises: Sequence[tuple[str, float]],
    truth: Reals,
    verdicts: Verdicts,
    day: tuple[float, int],
    clusters: Sequence[str],
    replicates: int,
) -> Newsroom:
    """Count what is decided without a person, by the verdicts as they are served.

    Parameters
    ----------
    promises
        Title of each column's category, and the precision in (0, 1) that its thresholds were chosen for.
    truth
        (n_test, n_categories): 1.0, 0.0 or NaN where unknown; unknown labels count nowhere as right or wrong.
    verdicts
        (n_test, n_categories) ``yes``, ``ask`` or ``no``, by thresholds chosen on articles outside the test.
    day
        Minutes per article, and articles per day.
    clusters, replicates
        Near-duplicate cluster of each article, which intervals resample, and the number of draws.
    """
    said = intervals(shares(truth, verdicts), clusters, replicates)
    categories = tuple(gains(promises, said, verdicts))
    kept = verdicts.copy()
    for column, gain in enumerate(categories):
        kept[np.isin(verdicts[:, column], gain.broken), column] = "ask"
    besides = intervals(shares(truth, kept), clusters, replicates)
    return Newsroom(said["decided"], said["right"], besides["decided"], *day, categories)


def gains(promises: Sequence[tuple[str, float]], said: Mapping[str, Interval], verdicts: Verdicts) -> Iterator[Gain]:
    """Each category's part, from the shares that `shares` names."""
    for column, (title, promise) in enumerate(promises):
        yes, no = (int((verdicts[:, column] == verdict).sum()) for verdict in ("yes", "no"))
        decided, yes_right, no_right = (said[f"{column}.{name}"] for name in ("decided", "yes", "no"))
        yield Gain(title, promise, decided, yes_right, no_right, yes, no)


def intervals(parts: Shares, clusters: Sequence[str], replicates: int) -> dict[str, Interval]:
    """The shares with their 95 % intervals."""
    wholes = {name: Whole(whole) for name, (_, whole) in parts.items()}
    found = cluster_bootstrap(statistic(parts), clusters, replicates, wholes=wholes)
    return {name: one.interval for name, one in found.items()}


def shares(truth: Reals, verdicts: Verdicts) -> Shares:
    """Which articles count, and among which: (part, whole) of the shares.

    ``decided`` and ``right``, and ``COLUMN.decided``, ``COLUMN.yes`` and ``COLUMN.no`` for each category.
    """
    everything = np.ones(len(truth), dtype=bool)
    known, sure, yes, no = np.isfinite(truth), verdicts != "ask", verdicts == "yes", verdicts == "no"
    alone = np.asarray(sure.all(axis=1))
    wrong = (known & (yes != (truth == 1))).any(axis=1)
    counted = alone & known.any(axis=1)
    parts = {"decided": (alone, everything), "right": (counted & ~wrong, counted)}
    for j in range(truth.shape[1]):
        parts[f"{j}.decided"] = sure[:, j], everything
        parts[f"{j}.yes"] = yes[:, j] & (truth[:, j] == 1), known[:, j] & yes[:, j]
        parts[f"{j}.no"] = no[:, j] & (truth[:, j] == 0), known[:, j] & no[:, j]
    return parts


def statistic(parts: Shares) -> Statistic:
    """Prepare shares for any weighting of the articles."""

    def figures(weights: Reals) -> dict[str, Reals]:
        return {name: ratio(weights @ part, weights @ whole) for name, (part, whole) in parts.items()}

    return figures
