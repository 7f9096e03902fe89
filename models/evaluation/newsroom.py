"""Newsroom: what a bundle gains it, counted by the verdicts of two thresholds a category and people between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from models.arrays import Reals
from models.evaluation.bootstrap import Interval, cluster_bootstrap
from models.evaluation.exact import Whole
from models.evaluation.gains import Day, Gain, NewsroomGain, Promise
from models.evaluation.weighted import Statistic, ratio

Verdicts = npt.NDArray[np.str_]
Shares = Mapping[str, tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]


def newsroom_gain(
    promises: Mapping[str, Promise],
    truth: Reals,
    verdicts: Verdicts,
    day: Day,
    clusters: Sequence[str],
    replicates: int,
    like_labelled: float = 1.0,
) -> NewsroomGain:
    """Count what is decided without a person, by the verdicts as they are served.

    Parameters
    ----------
    promises
        Category of each column → its promise.
    truth
        (n_test, n_categories): 1.0, 0.0 or NaN where unknown; unknown labels count nowhere as right or wrong.
    verdicts
        (n_test, n_categories) ``yes``, ``ask`` or ``no``, by thresholds chosen on articles outside the test.
    clusters, replicates
        Near-duplicate cluster of each article, which intervals resample, and the number of draws.
    like_labelled
        Share of the articles of the test's time, labelled or not, that resemble the labelled ones.
    """
    served = intervals(shares(truth, verdicts), clusters, replicates)
    categories = {
        key: gain_of_category(promise, served, verdicts[:, column], column)
        for column, (key, promise) in enumerate(promises.items())
    }
    kept = verdicts.copy()
    for column, gain in enumerate(categories.values()):
        kept[np.isin(verdicts[:, column], gain.broken), column] = "ask"
    without_broken = intervals(shares(truth, kept), clusters, replicates)
    return NewsroomGain(
        minutes_per_article=day.minutes_per_article,
        articles_per_day=day.articles_per_day,
        decided=part_of(served["decided"], like_labelled),
        right=served["right"],
        kept=part_of(without_broken["decided"], like_labelled),
        like_labelled=like_labelled,
        categories=categories,
    )


def part_of(share: Interval, whole: float) -> Interval:
    """A share of a part as one of the whole."""
    return Interval(share.value * whole, share.low * whole, share.high * whole)


def gain_of_category(promise: Promise, served: Mapping[str, Interval], verdicts: Verdicts, column: int) -> Gain:
    """One category's part, from the shares that `shares` names."""
    return Gain(
        title=promise.title,
        promised=promise.promised,
        decided=served[f"{column}.decided"],
        yes_precision=served[f"{column}.yes"],
        no_precision=served[f"{column}.no"],
        yes=int((verdicts == "yes").sum()),
        no=int((verdicts == "no").sum()),
    )


def intervals(parts: Shares, clusters: Sequence[str], replicates: int) -> dict[str, Interval]:
    """The shares with their 95 % intervals."""
    wholes = {name: Whole(whole) for name, (_, whole) in parts.items()}
    resampled = cluster_bootstrap(statistic(parts), clusters, replicates, wholes=wholes)
    return {name: share.interval for name, share in resampled.items()}


def shares(truth: Reals, verdicts: Verdicts) -> Shares:
    """Which articles count, and among which: (part, whole) of the shares.

    ``decided`` and ``right``, and ``COLUMN.decided``, ``COLUMN.yes`` and ``COLUMN.no`` for each category.
    """
    everything = np.ones(len(truth), dtype=bool)
    has_label, sure, yes, no = np.isfinite(truth), verdicts != "ask", verdicts == "yes", verdicts == "no"
    alone = np.asarray(sure.all(axis=1))
    wrong = (has_label & (yes != (truth == 1))).any(axis=1)
    counted = alone & has_label.any(axis=1)
    parts = {"decided": (alone, everything), "right": (counted & ~wrong, counted)}
    for j in range(truth.shape[1]):
        parts[f"{j}.decided"] = sure[:, j], everything
        parts[f"{j}.yes"] = yes[:, j] & (truth[:, j] == 1), has_label[:, j] & yes[:, j]
        parts[f"{j}.no"] = no[:, j] & (truth[:, j] == 0), has_label[:, j] & no[:, j]
    return parts


def statistic(parts: Shares) -> Statistic:
    """Prepare shares for any weighting of the articles."""

    def figures(weights: Reals) -> dict[str, Reals]:
        return {name: ratio(weights @ part, weights @ whole) for name, (part, whole) in parts.items()}

    return figures
