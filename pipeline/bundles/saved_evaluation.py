"""The evaluation that was made of a bundle, read back from its report's JSON."""

from __future__ import annotations

import json
from typing import Any

from pipeline.setup.home import Home


def read_evaluation(home: Home, bundle: str) -> dict[str, Any] | None:
    """The figures of a bundle on the test part as they were last measured, or None.

    A file that cannot be read counts as none: it holds nothing that ``rubrika evaluate`` does not measure again.
    """
    path = home.path / "reports" / f"{bundle}.json"
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and said.get("bundle") == bundle else None


def macro_precision(said: dict[str, Any] | None) -> float | None:
    """Macro average precision of an evaluation, or None without one."""
    value = said.get("macro", {}).get("average_precision") if said else None
    return float(value) if isinstance(value, int | float) else None
