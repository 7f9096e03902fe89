"""Promises: the precision that each head's two thresholds were chosen for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def promised(manifest: Mapping[str, Any]) -> dict[str, float]:
    """Category → the precision promised for it, in (0, 1): its own where it has one, else the common one."""
    common, own = manifest["settings"]["threshold"]["precision"], manifest["settings"].get("policies", {})
    return {key: float(own.get(key, {}).get("precision", common)) for key in manifest["categories"]}
