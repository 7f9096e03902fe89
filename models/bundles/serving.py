"""Serving: a bundle becomes the current one, and the log by which that can be taken back."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from models.bundles.manifests import BUNDLE_ID
from models.bundles.names import CURRENT_FILE, current_name
from models.errors import ModelError
from models.files import write_atomically

LOG_FILE = "promotions.jsonl"
How = Literal["first", "promote", "rollback"]


@dataclass(frozen=True)
class Promotion:
    """One line of the log.

    Parameters
    ----------
    at
        When, ISO 8601 in UTC.
    how
        ``first`` for the bundle that served by itself because none did, ``promote`` or ``rollback``.
    before, after
        The bundles that served before and from then on.
    """

    at: str
    how: How
    before: str | None
    after: str


def serve(home: Path, name: str, how: How, before: str | None) -> None:
    """Make a bundle the current one, in one step, after writing so into the log."""
    promotion = Promotion(datetime.now(UTC).isoformat(timespec="seconds"), how, before, name)
    append_line(home / "bundles" / LOG_FILE, json.dumps(asdict(promotion)))
    write_atomically(home / "bundles" / CURRENT_FILE, name + "\n")


def promotions(home: Path) -> list[Promotion]:
    """The log, oldest first.

    Raises
    ------
    ModelError
        Naming a line that is damaged.
    """
    path = home / "bundles" / LOG_FILE
    lines = path.read_bytes().splitlines() if path.is_file() else []
    log = []
    for number, line in enumerate(lines, 1):
        try:
            promotion = Promotion(**json.loads(line))
            if not BUNDLE_ID.fullmatch(promotion.after):
                raise ValueError(promotion.after)
            log.append(promotion)
        except (ValueError, TypeError, RecursionError) as error:
            raise ModelError(f"{path}, line {number} is damaged; remove that line") from error
    return log


def served_before(home: Path) -> str | None:
    """The bundle that a rollback goes back to, or None.

    The log is written before ``current`` changes: a promotion that was stopped between the two has its line but never
    served, so whatever stands above a bundle that did serve next is dropped.
    """
    stack: list[str] = []
    for promotion in promotions(home):
        stack = topped(stack, promotion.before)
        stack = topped(stack[:-1], promotion.after) if promotion.how == "rollback" else [*stack, promotion.after]
    below = topped(stack, current_name(home))[:-1]
    return below[-1] if below else None


def topped(stack: list[str], name: str | None) -> list[str]:
    """The stack with a bundle on top: cut to its last place, or with it added."""
    if name is None:
        return stack
    places = [place for place, other in enumerate(stack) if other == name]
    return stack[: places[-1] + 1] if places else [*stack, name]


def append_line(path: Path, line: str) -> None:
    """Add a line in one write; the file is never rewritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(handle, f"{line}\n".encode())
    finally:
        os.close(handle)
