"""Values of typed files as the strings that an untyped file would have held, so that all formats read alike."""

import json
import math


def to_string(value: object) -> str:
    """Write a value as a crawl's table would.

    Parameters
    ----------
    value
        What JSON or parquet gave.

    Returns
    -------
    str
        Empty for None and NaN, ``1`` and ``0`` for truth values, whole floats without a fraction, JSON for lists and
        objects. It can always be stored as UTF-8.
    """
    match value:
        case None:
            return ""
        case str():
            return value.encode("utf-8", "replace").decode("utf-8")  # JSON may hold half of a surrogate pair
        case bool():
            return str(int(value))
        case float():
            return _float(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace").decode("utf-8")
        case _:
            return str(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)
