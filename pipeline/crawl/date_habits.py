"""What a file's own dates decide about those that can be read in two ways: 03/04/2024 and a spreadsheet's 44260."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.crawl.date_numbers import may_be_serial

_FIGURES = re.compile(r"(?<![0-9./-])([0-9]{1,2})([-/])([0-9]{1,2})\2[0-9]{2}(?:[0-9]{2})?(?![0-9])")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes what can be read in two ways.

    Attributes
    ----------
    first
        What its dates in figures begin with; ``both`` where some begin with the day and some with the month; None
        where none of them tells.
    serial
        Whether all its dates are a spreadsheet's day numbers.
    """

    first: Literal["day", "month", "both"] | None = None
    serial: bool = False

    def order(self, left: int, right: int, *, half_day_clock: bool) -> tuple[int, int] | None:
        """Return month and day of ``left/right/year``; None if that cannot be told.

        Russian crawls write the day first, so that is the rule; only beside 8:04 PM, which no Russian site writes, it
        needs evidence.
        """
        if self.first == "month":
            return left, right
        undecided = self.first == "both" or (self.first is None and half_day_clock)
        if undecided and left <= 12 and right <= 12 and left != right:
            return None
        return (left, right) if undecided and right > 12 else (right, left)


NO_HABITS = Habits()


def leaves_open(raw: str) -> bool:
    """Tell whether the file's other dates have a say in how this one is read."""
    return _FIGURES.search(raw) is not None or may_be_serial(raw)


def observe(dates: Iterable[str]) -> Habits:
    """Learn a file's habits from all its dates.

    Parameters
    ----------
    dates
        As they were written; blank ones say nothing.

    Returns
    -------
    Habits
        Decided by the dates that can be read in one way only.
    """
    day_first = month_first = False
    serial, others = False, False
    for raw in filter(None, map(str.strip, dates)):
        is_serial = may_be_serial(raw)
        serial, others = serial or is_serial, others or not is_serial
        if match := _FIGURES.search(raw):
            left, right = int(match[1]), int(match[3])
            day_first, month_first = day_first or left > 12 >= right, month_first or right > 12 >= left
    first: Literal["day", "month", "both"] | None = "both" if day_first and month_first else None
    if first is None and (day_first or month_first):
        first = "day" if day_first else "month"
    return Habits(first, serial and not others)
