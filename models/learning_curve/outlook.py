"""Outlook: what so many more labelled articles would bring, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.arrays import Reals, Rows
from models.evaluation.bootstrap import Interval
from models.learning_curve.curve import SHARE, Curve, over_repeats
from models.learning_curve.power_law import PowerLaw, fit_power_law

LEAST_POINTS = 4  # the law has three parameters; with three points it passes through every one and tells nothing
LEAST_TO_CHECK = 3
FARTHEST = 4.0  # times what was measured; a law that was checked over one doubling is not trusted over more than two
Doubt = Literal["few points", "few repeats", "too far", "no growth"]


@dataclass(frozen=True)
class Growth:
    """What the measured part gained from some size, about half of the largest, to the largest."""

    start: int
    end: int
    change: Interval


@dataclass(frozen=True)
class LawCheck:
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
    forecast: Forecast | None = None
    check: LawCheck | None = None


def look_ahead(curve: Curve, articles: int, more: int) -> Outlook:
    """Forecast by a power law, fitted to the mean over repeats; its interval from the fits of each repeat.

    How far the same forecast from half of the articles was off is added to the interval: the law itself may be wrong.

    Parameters
    ----------
    articles, more
        Labelled articles outside the test now, and how many more.
    """
    sizes, usable = curve.sizes, np.flatnonzero(curve.settled)
    rows = curve.head[np.isfinite(curve.head).all(axis=1)]
    early = usable[sizes[usable] <= sizes[-1] / 2]
    growth = last_growth(sizes, rows, int(early[-1])) if len(early) and len(rows) else None
    if len(rows) < 2:
        return Outlook("few repeats", growth)
    if len(usable) < LEAST_POINTS or growth is None:
        return Outlook("few points", growth)
    check = check_law(sizes, rows, early) if len(early) >= LEAST_TO_CHECK else None
    if articles + more > FARTHEST * sizes[-1]:
        return Outlook("too far", growth, check=check)
    if not growth.change.low > 0:
        return Outlook("no growth", growth, check=check)
    laws = fits(sizes, rows, usable)
    return Outlook(None, growth, forecast(laws, articles, articles + more, abs(check.error) if check else 0.0), check)


def last_growth(sizes: Reals, rows: Reals, start: int) -> Growth:
    """The gain from one of the sizes to the largest."""
    return Growth(int(sizes[start]), int(sizes[-1]), over_repeats(rows[:, -1] - rows[:, start]))


def check_law(sizes: Reals, rows: Reals, early: Rows) -> LawCheck:
    """Forecast the largest size from those up to its half."""
    laws, start, end = fits(sizes, rows, early), float(sizes[early[-1]]), float(sizes[-1])
    came = float(rows[:, -1].mean())
    error = laws[0].at(end) - laws[0].at(start) - (came - float(rows[:, early[-1]].mean()))
    return LawCheck(int(start), int(end), ahead(laws, end), came, error)


def forecast(laws: Sequence[PowerLaw], now: int, then: int, besides: float) -> Forecast:
    """Read the laws at the labels of now and at those to come; by the law labels never do harm."""
    mean, *repeats = (law.at(then) - law.at(now) for law in laws)
    gain = over_repeats(np.array(repeats), mean, besides, within=(0.0, np.inf))
    return Forecast(laws[0], ahead(laws, now, besides), ahead(laws, then, besides), gain)


def fits(sizes: Reals, rows: Reals, use: Rows) -> list[PowerLaw]:
    """The law of the mean over repeats, then that of each repeat, from some of the sizes."""
    return [fit_power_law(sizes[use], values[use]) for values in (rows.mean(axis=0), *rows)]


def ahead(laws: Sequence[PowerLaw], articles: float, besides: float = 0.0) -> Interval:
    """What the laws expect of so many articles: that of the mean, with the interval over the repeats' own."""
    mean, *repeats = (law.at(articles) for law in laws)
    return over_repeats(np.array(repeats), mean, besides, SHARE)
