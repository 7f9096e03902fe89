"""Dates that need to know when the page was fetched: «вчера в 10:00», «2 часа назад», ``5 minutes ago``."""

import re
from datetime import UTC, datetime, time, timedelta

from pipeline.crawl.zones import default_zone

_DAYS_AGO = {"сегодня": 0, "today": 0, "вчера": 1, "yesterday": 1, "позавчера": 2}
_CLOCK = r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
_DAY = rf"(?P<day>{'|'.join(_DAYS_AGO)})"
_NAMED_DAY = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"{_DAY}(?:[\s,|·•—–-]+(?:(?:в|at)\s+)?{_CLOCK})?", rf"{_CLOCK}[\s,|·•—–-]+{_DAY}")
]
# Months and years are missing on purpose: «месяц назад» names no day.
_UNITS = {
    "second": r"сек(?:унд[аыу]?)?\.?|с\.|seconds?|secs?\.?|s",
    "minute": r"мин(?:ут[аыу]?)?\.?|м\.|minutes?|mins?\.?|m",
    "hour": r"час(?:а|ов)?|ч\.?|hours?|hrs?\.?|h",
    "day": r"день|дня|дней|дн\.?|days?|d",
    "week": r"недел[яюиь]|нед\.?|weeks?|wks?\.?|w",
}
_UNIT = "|".join(f"(?P<{name}>{forms})" for name, forms in _UNITS.items())
_AGO = re.compile(
    rf"(?:(?P<count>[0-9]{{1,3}}|an?|один|одну)\s*)?(?:{_UNIT})\s+(?:тому\s+)?(?:назад|ago)", re.IGNORECASE
)
_NOW = re.compile(r"только что|сейчас|just now|now", re.IGNORECASE)


def is_relative(raw: str) -> bool:
    """Tell whether a date can be read only by who knows when the page was fetched."""
    text = " ".join(raw.split())
    return any(pattern.fullmatch(text) for pattern in (_NOW, _AGO, *_NAMED_DAY))


def relative_date(raw: str, fetched_at: datetime, timezone: str) -> datetime | None:
    """Read a relative date.

    Parameters
    ----------
    raw
        The date as the crawl has it.
    fetched_at
        When the page was fetched; a time without a zone is in `timezone`.
    timezone
        IANA name of the zone in which the site's days begin.

    Returns
    -------
    datetime or None
        In UTC; what names only a day is its beginning, as with any date without a time. None if it is no such date.
    """
    text = " ".join(raw.split())
    zone = default_zone(timezone)
    here = fetched_at.astimezone(zone) if fetched_at.tzinfo else fetched_at.replace(tzinfo=zone)
    if _NOW.fullmatch(text):
        return here.astimezone(UTC)
    if ago := _AGO.fullmatch(text):
        return _ago(ago, here).astimezone(UTC)
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _NAMED_DAY)), None)
    return _on_day(match, here) if match else None


def _ago(match: re.Match[str], here: datetime) -> datetime:
    count = int(match["count"]) if (match["count"] or "").isdecimal() else 1
    unit = next(name for name in _UNITS if match[name])
    if unit in ("day", "week"):
        return datetime.combine(here.date() - timedelta(**{f"{unit}s": count}), time(), here.tzinfo)
    # in UTC, where every hour has sixty minutes
    return here.astimezone(UTC) - timedelta(**{f"{unit}s": count})


def _on_day(match: re.Match[str], here: datetime) -> datetime | None:
    try:
        clock = time(int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return None
    day = here.date() - timedelta(days=_DAYS_AGO[match["day"].lower()])
    return datetime.combine(day, clock, here.tzinfo).astimezone(UTC)
