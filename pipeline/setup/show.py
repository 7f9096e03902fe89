"""Showing every setting and where it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, table

if TYPE_CHECKING:
    from pipeline.setup.settings import Settings


def print_settings(values: Settings, origins: Mapping[str, str], *, as_json: bool) -> None:
    """Print every setting with its origin."""
    from pipeline.setup.settings import flatten

    flat = flatten(values.model_dump(mode="json"))
    if as_json:
        json_line({key: {"value": value, "origin": origins[key]} for key, value in flat.items()})
        return
    table(
        ["key", "value", "from"],
        [[key, json.dumps(value, ensure_ascii=False), origins[key]] for key, value in flat.items()],
    )
