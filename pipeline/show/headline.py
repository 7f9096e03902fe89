"""Headlines: how an article is called where only a line is left for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HEADLINE = 80  # characters, a line of a table


def headline(article: Mapping[str, Any]) -> str:
    """An article's title; where it has none, how its text begins."""
    return str(article["title"]) or beginning(article["text"], HEADLINE)


def beginning(text: str, length: int) -> str:
    """How a text begins, cut between words."""
    return text if len(text) <= length else text[:length].rsplit(maxsplit=1)[0].rstrip(" .,:;—–-") + "…"
