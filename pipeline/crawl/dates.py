"""Publication dates as crawls write them: either the right moment in UTC or None, never a guess.

Every format is a pattern for the whole string, so a date that was cut (``15:44, 27 сентября 20``) or that needs to know
what "now" is (``вчера``) does not parse.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from pipeline.crawl.zones import default_zone, zone_of

_EARLIEST_YEAR = 1990
_LONGEST = 120
_CLOCK_ERROR = timedelta(days=2)  # a site's clock or time zone may be wrong, but not by more

_RUSSIAN = (
    "январь января янв|февраль февраля фев февр|март марта мар|апрель апреля апр|май мая|июнь июня июн|"
    "июль июля июл|август августа авг|сентябрь сентября сен сент|октябрь октября окт|ноябрь ноября ноя нояб|"
    "декабрь декабря дек"
)
_ENGLISH = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
    "oct october|nov november|dec december"
)
_MONTHS = {
    name: number
    for names in (_RUSSIAN, _ENGLISH)
    for number, forms in enumerate(names.split("|"), start=1)
    for name in forms.split()
}

_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
_ZONE = r"(?:\s*(?P<zone>[a-zа-я]{1,4}|(?:utc|gmt)?[+-][0-9]{2}(?::?[0-9]{2})?))?"
# What follows in brackets: a zone, or the time of an update, which is not the publication.
_NOTE = r"(?:\s*\((?P<note>[^()]*)\)?)?"
_ISO = r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{2})(?P=mark)(?P<day>[0-9]{2})"
_FIGURES = r"(?P<day>[0-9]{1,2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})"
_WORDS = r"(?P<day>[0-9]{1,2})\s+(?P<month>[a-zа-яё]{3,9})\.?,?\s+(?P<year>[0-9]{4})(?:\s*(?:года|год|г)\b\.?)?"
_FIGURES_YEAR = rf"{_FIGURES}(?:\s*(?:года|год|г)\b\.?)?"
_WEEKDAY = r"(?:[a-zа-яё]{2,11}\.?,?\s+)?"
_THEN_TIME = rf"(?:(?:\s*[,|—–]\s*|\s+)(?:в\s+)?{_TIME}{_ZONE})?"

_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ISO}(?:(?:T|,?\s+){_TIME}{_ZONE})?{_NOTE}",
        *(rf"{_WEEKDAY}{day}{_THEN_TIME}{_NOTE}" for day in (_WORDS, _FIGURES_YEAR)),
        *(rf"{_TIME},?\s+{_WEEKDAY}{day}{_ZONE}{_NOTE}" for day in (_WORDS, _FIGURES_YEAR)),
    )
]
_UNIX = re.compile(r"([0-9]{9,10}|[0-9]{12,13})(?:\.[0-9]+)?")


def parse_date(raw: str, timezone: str) -> datetime | None:
    """Read a publication date.

    Understood are Unix seconds and milliseconds, ISO 8601, RFC 2822, and the Russian forms with figures
    (``21:13 31.08.2020``, ``17/05/2024``) and with names of months (``16:55, 16 января 2020``, ``17 мая 2024 г.``).

    Parameters
    ----------
    raw
        The date as the crawl has it.
    timezone
        IANA name of the zone that dates without one are in, ``Europe/Moscow`` for Russian news.

    Returns
    -------
    datetime or None
        In UTC. None for what is empty, cut, without a year, impossible, before 1990 or over two days in the future.

    Raises
    ------
    PipelineError
        If `timezone` is not a known zone.
    """
    default = default_zone(timezone)
    text = " ".join(raw[: _LONGEST + 1].split())
    if not text or len(text) > _LONGEST:
        return None
    if unix := _UNIX.fullmatch(text):
        return _plausible(datetime.fromtimestamp(float(text) / (1000 if len(unix[1]) > 10 else 1), UTC))
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _PATTERNS)), None)
    return _plausible(_moment(match.groupdict(), default)) if match else None


def _moment(parts: dict[str, str | None], default: tzinfo) -> datetime | None:
    """Put the parts together; None if there is no such day, time or zone."""
    day, clock, zone = _day(parts), _clock(parts), zone_of(parts["zone"], parts["note"], default)
    if day is None or clock is None or zone is None:
        return None
    return datetime.combine(day, clock, zone)


def _day(parts: dict[str, str | None]) -> date | None:
    month = parts["month"] or ""
    number = int(month) if month.isdecimal() else _MONTHS.get(month.lower(), 0)
    year = int(parts["year"] or 0)
    if not _EARLIEST_YEAR <= year < datetime.max.year:
        return None
    try:
        return date(year, number, int(parts["day"] or 0))
    except ValueError:
        return None


def _clock(parts: dict[str, str | None]) -> time | None:
    microsecond = (parts["fraction"] or "")[:6].ljust(6, "0")
    try:
        return time(int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts["second"] or 0), int(microsecond))
    except ValueError:
        return None


def _plausible(moment: datetime | None) -> datetime | None:
    if moment is None or moment.year < _EARLIEST_YEAR or moment > datetime.now(UTC) + _CLOCK_ERROR:
        return None
    return moment.astimezone(UTC)
