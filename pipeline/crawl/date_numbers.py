"""Dates that are numbers: Unix time in its four units, and the days that spreadsheets count."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

_NUMBER = r"([0-9]{9,10}|[0-9]{12,13}|[0-9]{15,16}|[0-9]{18,19})(?:\.([0-9]+))?"
_UNIX = re.compile(_NUMBER)
_DOT_NET = re.compile(rf"/Date\({_NUMBER}(?:[+-][0-9]{{4}})?\)/")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SERIAL = re.compile(r"[34][0-9]{4}(?:[.,][0-9]+)?")
_SERIAL_ZERO = datetime(1899, 12, 30)


def unix_time(text: str) -> datetime | None:
    """Read Unix seconds, milliseconds, microseconds or nanoseconds: between 1990 and 2100 their digits tell which.

    Parameters
    ----------
    text
        Digits, possibly with a fraction, possibly in .NET's ``/Date(...)/``.

    Returns
    -------
    datetime or None
        In UTC; None if it is no such number.
    """
    match = _UNIX.fullmatch(text) or _DOT_NET.fullmatch(text)
    if match is None:
        return None
    unit = len(match[1]) // 3  # 3: seconds, 4: milliseconds, 5: microseconds, 6: nanoseconds
    millionths = int(match[1] + (match[2] or "")[:6].ljust(6, "0"))
    return _EPOCH + timedelta(microseconds=millionths // 1000 ** (unit - 3))


def may_be_serial(text: str) -> bool:
    """Tell whether a text may be a spreadsheet's day number, of the years 1982 to 2036."""
    return _SERIAL.fullmatch(text) is not None


def serial_time(text: str, zone: tzinfo) -> datetime:
    """Read a spreadsheet's day number, whose fraction is the time of the day, to the second."""
    seconds = round(float(text.replace(",", ".")) * 86_400)
    return (_SERIAL_ZERO + timedelta(seconds=seconds)).replace(tzinfo=zone)
