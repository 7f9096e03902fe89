"""Records: learning curves as plain figures, the same for the page, the JSON and the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from models.evaluation.bootstrap import Interval
from models.learning_curve.outlook import FARTHEST, LEAST_POINTS, Outlook
from models.learning_curve.repeats import Curve, precision_interval


@dataclass(frozen=True)
class Learned:
    """One category's curve, or that of the mean over categories.

    Parameters
    ----------
    title
        As editors read it.
    head
        Kind of head; empty for the mean.
    precision, knn
        Average precision of the heads and of the nearest neighbours at every size.
    majority
        Average precision of knowing nothing.
    settled
        Whether every repeat had a head at that size, of every category.
    positives
        Mean number of positive labels at that size.
    """

    title: str
    head: str
    precision: tuple[Interval, ...]
    knn: tuple[Interval, ...]
    majority: float
    settled: tuple[bool, ...]
    positives: tuple[float, ...]
    outlook: Outlook


@dataclass(frozen=True)
class LearningCurves:
    """All curves of one run.

    Parameters
    ----------
    articles
        Labelled articles outside the test.
    more
        How many more are asked about.
    repeats, held_out
        Number of draws, and the share of near-duplicate clusters that each holds out.
    sizes
        Labelled articles that trained.
    skipped
        Category → why it has no head and what to label.
    """

    articles: int
    more: int
    repeats: int
    held_out: float
    sizes: tuple[int, ...]
    macro: Learned
    categories: Mapping[str, Learned]
    skipped: Mapping[str, str]


def learned(title: str, head: str, curve: Curve, outlook: Outlook) -> Learned:
    """Put a curve's figures and its outlook together."""
    return Learned(
        title,
        head,
        tuple(precision_interval(values) for values in curve.head.T),
        tuple(precision_interval(values) for values in curve.knn.T),
        precision_interval(curve.prevalence).value,
        tuple(curve.settled.tolist()),
        tuple(np.round(curve.positives, 1).tolist()),
        outlook,
    )


def as_figures(curves: LearningCurves) -> dict[str, Any]:
    """The curves as one JSON object."""
    return {
        "articles": curves.articles,
        "more": curves.more,
        "repeats": curves.repeats,
        "held_out": curves.held_out,
        "sizes": list(curves.sizes),
        "macro": figures(curves, curves.macro),
        "categories": {key: figures(curves, said) for key, said in curves.categories.items()},
        "skipped": dict(curves.skipped),
    }


def figures(curves: LearningCurves, said: Learned) -> dict[str, Any]:
    """One curve as JSON values; ``forecast`` is null where it cannot be told, and ``reason`` says why."""
    return {
        "title": said.title,
        "head": said.head or None,
        **columns(said.precision),
        "knn": columns(said.knn),
        "majority": said.majority,
        "settled": list(said.settled),
        "positives": list(said.positives),
        "forecast": asdict(said.outlook.forecast) if said.outlook.forecast else None,
        "reason": reason(curves, said.outlook),
        "growth": asdict(said.outlook.growth) if said.outlook.growth else None,
        "check": asdict(said.outlook.check) if said.outlook.check else None,
    }


def columns(points: tuple[Interval, ...]) -> dict[str, list[float]]:
    """Intervals as three lists."""
    return {
        "mean": [one.value for one in points],
        "low": [one.low for one in points],
        "high": [one.high for one in points],
    }


def reason(curves: LearningCurves, outlook: Outlook) -> str | None:
    """Why there is no forecast, in words; None where there is one."""
    growth = outlook.growth
    if outlook.doubt == "few repeats":
        return f"fewer than two of {curves.repeats} repeats hold out an article of it; label more of them first"
    if outlook.doubt == "few points":
        return f"every repeat has a head at fewer than {LEAST_POINTS} of {len(curves.sizes)} sizes; label more first"
    if outlook.doubt == "too far":
        most = int(FARTHEST * curves.sizes[-1]) - curves.articles
        return f"{curves.more} more is further than can be told from {curves.sizes[-1]} measured; ask: --more {most}"
    if outlook.doubt == "no growth" and growth:
        change = growth.change
        return (
            f"no growth that chance would not explain: {change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f}) "
            f"from {growth.start} to {growth.end} articles"
        )
    return None
