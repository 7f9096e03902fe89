"""Records: learning curves as the page, the JSON and the terminal show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from models.evaluation.bootstrap import Interval
from models.learning_curve.curve import HELD_OUT, Curve
from models.learning_curve.outlook import FARTHEST, LEAST_POINTS, Doubt, Outlook

REASONS: dict[Doubt, str] = {
    "few repeats": "fewer than two of {curves.repeats} repeats hold out an article of it; label more of them first",
    "few points": f"every repeat has a head at fewer than {LEAST_POINTS} of {{sizes}} sizes; label more first",
    "too far": "{curves.more} more is further than can be told from {largest} measured; ask: --more {most}",
    "no growth": "no growth that chance would not explain: {growth.change.value:+.3f} ({growth.change.low:+.3f} to "
    "{growth.change.high:+.3f}) from {growth.start} to {growth.end} articles",
}


@dataclass(frozen=True)
class Learned:
    """One category's curve, or that of the mean over categories, which has no ``head``, and what follows from it."""

    title: str
    head: str | None
    curve: Curve
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
    skipped
        Category → why it has no head and what to label.
    """

    articles: int
    more: int
    macro: Learned
    categories: Mapping[str, Learned]
    skipped: Mapping[str, str]

    @property
    def sizes(self) -> list[int]:
        """Labelled articles that trained."""
        return [int(size) for size in self.macro.curve.sizes]

    @property
    def repeats(self) -> int:
        """Number of draws."""
        return len(self.macro.curve.head)

    @property
    def shown(self) -> dict[str, Learned]:
        """The mean and every category; of one category alone only that."""
        return {"macro": self.macro, **self.categories} if len(self.categories) > 1 else dict(self.categories)


def as_figures(curves: LearningCurves) -> dict[str, Any]:
    """The curves as one JSON object."""
    return {
        "articles": curves.articles,
        "more": curves.more,
        "repeats": curves.repeats,
        "held_out": HELD_OUT,
        "sizes": curves.sizes,
        "macro": curve_figures(curves, curves.macro),
        "categories": {key: curve_figures(curves, learned) for key, learned in curves.categories.items()},
        "skipped": dict(curves.skipped),
    }


def curve_figures(curves: LearningCurves, learned: Learned) -> dict[str, Any]:
    """One curve as JSON values; ``forecast`` is null where it cannot be told, and ``reason`` says why."""
    curve, outlook = learned.curve, asdict(learned.outlook)
    del outlook["doubt"]  # a code for the page; scripts read the reason
    return {
        "title": learned.title,
        "head": learned.head,
        **columns(curve.of_head),
        "knn": columns(curve.of_knn),
        "majority": curve.majority,
        "settled": curve.settled.tolist(),
        "positives": np.round(curve.positives.mean(axis=0), 1).tolist(),
        **outlook,
        "reason": why_no_forecast(curves, learned.outlook),
    }


def columns(points: Sequence[Interval]) -> dict[str, list[float]]:
    """Intervals as three lists."""
    mean, low, high = ([getattr(point, end) for point in points] for end in ("value", "low", "high"))
    return {"mean": mean, "low": low, "high": high}


def why_no_forecast(curves: LearningCurves, outlook: Outlook) -> str | None:
    """Why there is no forecast, in words; None where there is one."""
    if outlook.doubt is None:
        return None
    sizes, largest = len(curves.sizes), curves.sizes[-1]
    most = int(FARTHEST * largest) - curves.articles
    facts = {"growth": outlook.growth, "sizes": sizes, "largest": largest, "most": most}
    return REASONS[outlook.doubt].format(curves=curves, **facts)
