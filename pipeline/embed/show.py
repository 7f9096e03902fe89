"""Showing how many articles were embedded."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line

if TYPE_CHECKING:
    from pipeline.embed.embed import Embedded


def print_embedded(result: Embedded, *, as_json: bool) -> None:
    """Print how many articles were embedded."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    speed = f" ({result.articles_per_second:.0f} articles/s)" if result.embedded else ""
    line(f"{result.encoder}: embedded {result.embedded}, cached {result.cached}{speed}")
