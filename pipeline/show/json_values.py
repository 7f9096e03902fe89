"""Results as JSON has them: what it has no word for becomes text, or null."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any


def json_values(value: Any) -> Any:  # noqa: ANN401 - whatever JSON or a database holds
    """Turn dates, paths, bytes and NaN into what JSON has."""
    if isinstance(value, Mapping):
        return {str(key): json_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_values(item) for item in value]
    # NaN is no JSON, and some readers refuse the whole line for it.
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        # A quarantined row may be in any encoding; escaped, none of its bytes are lost.
        return value.decode("utf-8", "backslashreplace")
    return str(value) if isinstance(value, Path) else value
