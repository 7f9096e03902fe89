"""The loss monitor: how a fit that takes rounds goes, told while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.arrays import Rows, Truth


@dataclass(frozen=True)
class LossMonitor:
    """Held-out articles to measure the loss on, and whom to tell.

    Parameters
    ----------
    rows, truth
        Rows of the problem that do not train, and their labels.
    tell
        Called with a line now and then.
    """

    rows: Rows
    truth: Truth
    tell: Callable[[str], None]
