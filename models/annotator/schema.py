"""Schema: the shape of an answer, for servers that can hold a model to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def answer_schema(keys: Sequence[str]) -> dict[str, Any]:
    """JSON schema of an object whose ``categories`` is a list of the given keys and of nothing else."""
    return {
        "type": "object",
        "properties": {"categories": {"type": "array", "items": {"type": "string", "enum": list(keys)}}},
        "required": ["categories"],
        "additionalProperties": False,
    }
