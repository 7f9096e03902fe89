"""Watching: the losses of a fit that takes rounds, told while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.features import Rows


@dataclass(frozen=True)
class Watch:
    """Held-out articles to measure the loss on, and whom to tell.

    Parameters
    ----------
    rows, truth
        Rows of the problem that do not train, and their labels.
    tell
        Called with a line now and then.
    """

    rows: Rows
    truth: npt.NDArray[np.bool_]
    tell: Callable[[str], None]
