"""Periods: months, or quarters or years where months would be too many to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pipeline.show.wording import month

QUARTERS = ("I", "II", "III", "IV")
Name = Callable[[str], str]


def quarter(name: str) -> str:
    """The quarter of a month, ``2024-05`` → «II кв. 2024»."""
    return f"{QUARTERS[(int(name[5:]) - 1) // 3]} кв. {name[:4]}"


def year(name: str) -> str:
    """The year of a month."""
    return name[:4]


def finest(months: Iterable[str], most: int) -> Name:
    """Choose how to name months so that there are at most so many names; by years if nothing else does."""
    names = list(months)  # read twice, and an iterator is empty then
    return next((name_of for name_of in (month, quarter) if len({name_of(key) for key in names}) <= most), year)


def fold_months(months: Mapping[str, int], name: Name) -> dict[str, int]:
    """Add up months of one name, in their order."""
    total: dict[str, int] = {}
    for key, count in months.items():
        total[name(key)] = total.get(name(key), 0) + count
    return total
