"""Publication dates as crawls write them: either the right moment in UTC or None, never a guess.

Every form is a pattern for the whole string (`date_forms`), so a date that was cut (``15:44, 27 сентября 20``) does not
parse. What can be read in two ways is read as the file's other dates are written (`date_habits`).
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from pipeline.crawl.date_forms import MONTHS, readings
from pipeline.crawl.date_habits import NO_HABITS, Habits
from pipeline.crawl.date_numbers import may_be_serial, serial_time, unix_time
from pipeline.crawl.zones import default_zone, zone_of

_EARLIEST_YEAR = 1990
_LONGEST = 120
_CLOCK_ERROR = timedelta(days=2)  # a site's clock or time zone may be wrong, but not by more


def parse_date(raw: str, timezone: str, habits: Habits = NO_HABITS) -> datetime | None:
    """Read a publication date.

    Understood are Unix time in seconds to nanoseconds, ISO 8601 (also basic and by weeks), RFC 2822, and the Russian
    and English forms with figures (``21:13 31.08.2020``, ``17/05/2024``) and with names of months
    (``16:55, 16 января 2020``, ``Aug 31, 2020 8:04 PM``). In figures the day comes first, unless the file's habits say
    otherwise.

    Parameters
    ----------
    raw
        The date as the crawl has it.
    timezone
        IANA name of the zone that dates without one are in, ``Europe/Moscow`` for Russian news.
    habits
        How the file writes what can be read in two ways.

    Returns
    -------
    datetime or None
        In UTC. None for what is empty, cut, without a year, impossible, ambiguous, before 1990 or over two days in the
        future.

    Raises
    ------
    PipelineError
        If `timezone` is not a known zone.
    """
    default = default_zone(timezone)
    text = " ".join(raw[: _LONGEST + 1].split())
    if not text or len(text) > _LONGEST:
        return None
    if moment := _plausible(unix_time(text)):
        return moment
    if habits.serial and may_be_serial(text):
        return _plausible(serial_time(text, default))
    moments = (_plausible(_moment(parts, default, habits)) for parts in readings(text))
    return next(filter(None, moments), None)


def _moment(parts: dict[str, str | None], default: tzinfo, habits: Habits) -> datetime | None:
    """Put the parts together; None if there is no such day, time or zone."""
    day, clock, zone = _day(parts, habits), _clock(parts), zone_of(parts["zone"], parts.get("note"), default)
    if day is None or clock is None or zone is None:
        return None
    return datetime.combine(day, clock, zone)


def _day(parts: dict[str, str | None], habits: Habits) -> date | None:
    year = _year(parts["year"] or "0000")
    if not _EARLIEST_YEAR <= year < datetime.max.year:
        return None
    try:
        if parts.get("week"):
            return date.fromisocalendar(year, int(parts["week"] or 0), int(parts["weekday"] or 0))
        month, day = (parts["month"] or parts.get("month2") or "").lower(), int(parts["day"] or parts.get("day2") or 0)
        number = int(month) if month.isdecimal() else MONTHS.get(month, 0)
        if parts.get("between") in ("-", "/"):
            ordered = habits.order(day, number, half_day_clock=parts.get("half") is not None)
            return date(year, *ordered) if ordered else None
        return date(year, number, day)
    except ValueError:
        return None


def _year(written: str) -> int:
    """Return the year in full."""
    if len(written) == 4:
        return int(written)
    return int(written) + (1900 if int(written) >= _EARLIEST_YEAR % 100 else 2000)


def _clock(parts: dict[str, str | None]) -> time | None:
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    microsecond = (parts["fraction"] or "")[:6].ljust(6, "0")
    try:
        return time(hour, int(parts["minute"] or 0), int(parts["second"] or 0), int(microsecond))
    except ValueError:
        return None


def _plausible(moment: datetime | None) -> datetime | None:
    if moment is None or moment.year < _EARLIEST_YEAR or moment > datetime.now(UTC) + _CLOCK_ERROR:
        return None
    return moment.astimezone(UTC)
