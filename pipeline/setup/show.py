"""Showing every setting and where it came from, and a settings file that was written."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line, next_steps, table

if TYPE_CHECKING:
    from pipeline.setup.init import SettingsWritten
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


def print_written(result: SettingsWritten, *, as_json: bool) -> None:
    """Print where the settings file is and what to do next."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    line(f"{result.file}: every setting with its default, and the categories {', '.join(result.categories)}")
    next_steps([f"edit [categories] in {result.file}", "rubrika ingest FILE"])
