"""Gains: the record of what needs no person, how often that is right, and the minutes it saves."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, computed_field

from models.evaluation.bootstrap import Interval
from models.evaluation.record import Record

Sure = Literal["yes", "no"]


class Promise(Record):
    """A category's title, and the precision in (0, 1) that its thresholds were chosen for, outside the test."""

    title: str
    promised: float


class Day(Record):
    """What a person needs for an article, and how many there are a day."""

    minutes_per_article: float
    articles_per_day: int


class Gain(Promise):
    """One category's part, with 95 % intervals.

    Parameters
    ----------
    decided
        Share of articles with "yes" or "no".
    yes_precision, no_precision
        How often that "yes" and that "no" are right; NaN when there is none. The first is what an advertiser who
        targets the category gets.
    yes, no
        How many articles get that verdict without a person.
    """

    decided: Interval
    yes_precision: Interval
    no_precision: Interval
    yes: int
    no: int

    @computed_field
    @property
    def broken(self) -> list[Sure]:
        """Which verdicts are right less often than promised, more than chance explains."""
        precisions: dict[Sure, Interval] = {"yes": self.yes_precision, "no": self.no_precision}
        return [verdict for verdict, precision in precisions.items() if precision.high < self.promised]


class NewsroomGain(Day):
    """All categories with two thresholds each and people between them.

    Parameters
    ----------
    decided
        Share of the articles of the test's time that need no person in any category: only those like the labelled
        ones count, as nobody could check the others.
    like_labelled
        Their share; `decided` among the labelled test articles, times this, is `decided`. Its own chance is not in the
        interval.
    right
        Share of those with all their known labels right.
    kept
        Share that would need no person if every verdict that breaks its promise, as only the test shows, went to one.
    """

    decided: Interval
    right: Interval
    kept: Interval
    like_labelled: float = 1.0
    categories: dict[str, Gain]

    @computed_field
    @property
    def promised(self) -> float:
        """The least that is promised of any category."""
        return min((gain.promised for gain in self.categories.values()), default=float("nan"))

    @computed_field
    @property
    def promised_most(self) -> float:
        """The most that is promised of any category."""
        return max((gain.promised for gain in self.categories.values()), default=float("nan"))

    @computed_field
    @property
    def yes(self) -> int:
        """How often "yes" is said without a person, over all categories."""
        return sum(gain.yes for gain in self.categories.values())

    @computed_field
    @property
    def no(self) -> int:
        """How often "no" is said without a person, over all categories."""
        return sum(gain.no for gain in self.categories.values())

    @computed_field
    @property
    def minutes_saved(self) -> float:
        """Editors' minutes a day."""
        return self.minutes.value

    @computed_field
    @property
    def minutes_saved_interval(self) -> tuple[float, float]:
        """The 95 % interval of these minutes."""
        return self.minutes.low, self.minutes.high

    @property
    def minutes(self) -> Interval:
        """Editors' minutes saved a day, with their interval."""
        day = self.articles_per_day * self.minutes_per_article
        return Interval(self.decided.value * day, self.decided.low * day, self.decided.high * day)

    @property
    def broken(self) -> tuple[tuple[str, Sure], ...]:
        """Title and verdict where it is right less often than promised, more than chance explains."""
        return tuple((gain.title, verdict) for gain in self.categories.values() for verdict in gain.broken)


class NewsroomGainBesideBaselines(NewsroomGain):
    """What the bundle gains the newsroom, and what each baseline would under the same rules."""

    baselines: dict[str, NewsroomGain] = Field(default_factory=dict)
