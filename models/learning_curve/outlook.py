"""Outlook: what so many more labelled articles would bring, or why that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.arrays import Reals, Rows
from models.evaluation.bootstrap import Interval
from models.learning_curve.power_law import PowerLaw, fit_power_law
from models.learning_curve.repeats import Curve, interval, precision_interval

LEAST_POINTS = 4
LEAST_TO_CHECK = 3
FARTHEST = 4.0
Doubt = Literal["few points", "few repeats", "too far", "no growth"]


@dataclass(frozen=True)
class Growth:
    """What the measured part gained from some size, about half of the largest, to the largest."""

    start: int
    end: int
    change: Interval


@dataclass(frozen=True)
class Check:
    """The forecast as it would have been with half of the articles, beside what then came.

    Parameters
    ----------
    known, end
        The largest size that the forecast was made from, and the size it was made for.
    forecast
        With its interval over the repeats.
    came
        The mean that was measured there.
    error
        The forecast gain less the gain that came: what the law was wrong by.
    """

    known: int
    end: int
    forecast: Interval
    came: float
    error: float


@dataclass(frozen=True)
class Forecast:
    """Average precision with the labels of now and with more, and the gain; each with a 95 % interval."""

    law: PowerLaw
    now: Interval
    then: Interval
    gain: Interval


@dataclass(frozen=True)
class Outlook:
    """What can be told of more labels.

    Parameters
    ----------
    doubt
        Why there is no forecast, or None: fewer than four sizes at which every repeat had a head, none of them half of
        the largest; fewer than two repeats that hold out an article of the category; more than four times the articles
        that were measured; or a growth over the last doubling that cannot be told from chance.
    """

    doubt: Doubt | None
    growth: Growth | None
    forecast: Forecast | None
    check: Check | None


def look_ahead(curve: Curve, articles: int, more: int) -> Outlook:
    """Forecast by a power law, fitted to the mean over repeats; its interval from the fits of each repeat.

    How far the same forecast from half of the articles was off is added to the interval: the law itself may be wrong.

    Parameters
    ----------
    articles, more
        Labelled articles outside the test now, and how many more.
    """
    usable = np.flatnonzero(curve.settled)
    rows = curve.head[np.isfinite(curve.head).all(axis=1)]
    growth = last_doubling(curve.sizes, rows, usable)
    if len(rows) < 2:
        return Outlook("few repeats", growth, None, None)
    if len(usable) < LEAST_POINTS or growth is None:
        return Outlook("few points", growth, None, None)
    checked = check(curve.sizes, rows, usable)
    if articles + more > FARTHEST * curve.sizes[-1]:
        return Outlook("too far", growth, None, checked)
    if not growth.change.low > 0:
        return Outlook("no growth", growth, None, checked)
    besides = abs(checked.error) if checked else 0.0
    return Outlook(None, growth, forecast(curve.sizes, rows, usable, articles, more, besides), checked)


def forecast(sizes: Reals, rows: Reals, usable: Rows, articles: int, more: int, besides: float) -> Forecast:
    """Fit the mean and every repeat, and read the laws at the labels of now and at those to come."""
    law, laws = fits(sizes, rows, usable)
    now, then = (np.array([one.at(n) for one in laws]) for n in (articles, articles + more))
    gain = interval(then - now, law.at(articles + more) - law.at(articles), besides)
    return Forecast(
        law,
        precision_interval(now, law.at(articles), besides),
        precision_interval(then, law.at(articles + more), besides),
        Interval(gain.value, max(0.0, gain.low), gain.high),
    )


def check(sizes: Reals, rows: Reals, usable: Rows) -> Check | None:
    """Forecast the largest size from those up to its half; None where these are fewer than three."""
    early = usable[sizes[usable] <= sizes[-1] / 2]
    if len(early) < LEAST_TO_CHECK:
        return None
    law, laws = fits(sizes, rows, early)
    known, end = float(sizes[early[-1]]), float(sizes[-1])
    came = rows[:, -1].mean() - rows[:, early[-1]].mean()
    said = precision_interval(np.array([one.at(end) for one in laws]), law.at(end))
    return Check(int(known), int(end), said, float(rows[:, -1].mean()), float(law.at(end) - law.at(known) - came))


def fits(sizes: Reals, rows: Reals, use: Rows) -> tuple[PowerLaw, list[PowerLaw]]:
    """The law of the mean over repeats, and that of each repeat, from some of the sizes."""
    return fit_power_law(sizes[use], rows[:, use].mean(axis=0)), [fit_power_law(sizes[use], row[use]) for row in rows]


def last_doubling(sizes: Reals, rows: Reals, usable: Rows) -> Growth | None:
    """The gain up to the largest size since the last usable one that is half of it at most."""
    early = usable[sizes[usable] <= sizes[-1] / 2]
    if not len(early) or not len(rows):
        return None
    change = interval(rows[:, -1] - rows[:, early[-1]])
    return Growth(int(sizes[early[-1]]), int(sizes[-1]), change)
