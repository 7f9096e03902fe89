"""Time zones as dates name them: an offset, three letters, or a place in brackets."""

import difflib
import re
import zoneinfo
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from pipeline.setup.errors import PipelineError

_OFFSET = re.compile(r"(?:utc|gmt)?([+-])([0-9]{1,2}):?([0-9]{2})?", re.IGNORECASE)
_PLACE = re.compile(r"[a-z_]+/[a-z0-9_/+-]+", re.IGNORECASE)
# RFC 2822, 4.3: the letters that were in use before offsets. Moscow's is a place, because its offset has changed.
_UNIVERSAL = {"z", "ut", "utc", "gmt"}
_MOSCOW = {"msk", "мск"}
_AMERICAN = {"edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8}


@lru_cache(maxsize=64)
def default_zone(name: str) -> ZoneInfo:
    """Find the zone that dates without one are in.

    Parameters
    ----------
    name
        IANA name, such as ``Europe/Moscow``.

    Returns
    -------
    ZoneInfo
        The zone.

    Raises
    ------
    PipelineError
        If there is no such zone; exit code 2, with the nearest names.
    """
    if zone := _place(name):
        return zone
    near = difflib.get_close_matches(name, sorted(zoneinfo.available_timezones()), n=3) or ["Europe/Moscow", "UTC"]
    raise PipelineError(f"unknown time zone {name!r}; did you mean {' or '.join(near)}?", exit_code=2)


def zone_of(letters: str | None, note: str | None, default: tzinfo) -> tzinfo | None:
    """Find the zone of one date.

    Parameters
    ----------
    letters
        What stood after the time: ``+0300``, ``Z``, ``MSK``; None if nothing did.
    note
        What stood in brackets at the end: ``Europe/Moscow``, ``MSK``, or a remark that is not a zone.
    default
        The zone of a date that names none.

    Returns
    -------
    tzinfo or None
        None if a zone is named and unknown: the moment cannot be told.
    """
    if letters:
        return _named(letters)
    if note and _PLACE.fullmatch(note):
        return _place(note)
    return (_named(note) if note else None) or default


def _named(letters: str) -> tzinfo | None:
    name = letters.lower()
    if name in _UNIVERSAL:
        return UTC
    if name in _MOSCOW:
        return _place("Europe/Moscow")
    if name in _AMERICAN:
        return timezone(timedelta(hours=_AMERICAN[name]))
    return _offset(name)


def _offset(name: str) -> tzinfo | None:
    match = _OFFSET.fullmatch(name)
    if match is None:
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-size if match[1] == "-" else size) if size < timedelta(days=1) else None


@lru_cache(maxsize=1024)
def _place(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # ValueError: a path; OSError: a folder of zones
        return None
