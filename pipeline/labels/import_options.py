"""The pairs that a person types for an import: what a cell means, and which category a topic is."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.labels.values import MEANINGS, fold, label_mark
from pipeline.setup.errors import PipelineError


def parse_values(pairs: Sequence[str]) -> dict[str, int | None]:
    """Read ``CELL=VALUE``; a value is whatever a cell may hold.

    Raises
    ------
    PipelineError
        For what is no such pair (exit code 2).
    """
    values: dict[str, int | None] = {}
    for cell, mark in split_pairs("--value", pairs, "'-=0'"):
        meaning = label_mark(mark)
        if meaning not in MEANINGS:
            raise PipelineError(f"--value {cell}={mark}: {mark!r} is not 1, 0 or ?; type for example: '-=0'", 2)
        values[label_mark(cell)] = MEANINGS[meaning]
    return values


def parse_topics(pairs: Sequence[str]) -> dict[str, str | None]:
    """Read ``TOPIC=CATEGORY``; without a category it is none of ours.

    Raises
    ------
    PipelineError
        For what is no such pair (exit code 2).
    """
    return {fold(topic): key.strip() or None for topic, key in split_pairs("--topic", pairs, "'Спорт=sport'")}


def split_pairs(option: str, pairs: Sequence[str], example: str) -> list[tuple[str, str]]:
    """Split at the last equals sign: a cell may hold one."""
    for pair in pairs:
        if "=" not in pair:
            raise PipelineError(f"{option} {pair!r} has no '='; type for example: {option} {example}", exit_code=2)
    return [(left, right) for left, _, right in (pair.rpartition("=") for pair in pairs)]
