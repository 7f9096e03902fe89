"""Counts of a table's label cells, as commands print them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence


def count_values(
    values: Mapping[tuple[str, str], int], keys: Sequence[str], articles: int
) -> dict[str, dict[str, int]]:
    """Category → articles of which a table says yes, no and nothing; ``values`` is (article, category) → 1 or 0."""
    counts = Counter((category, value) for (_, category), value in values.items())
    return {
        key: {
            "positive": counts[key, 1],
            "negative": counts[key, 0],
            "unknown": articles - counts[key, 1] - counts[key, 0],
        }
        for key in keys
    }
