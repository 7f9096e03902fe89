"""Ended: one call of a run that came to its end, and whether another one settles it."""

from __future__ import annotations

from dataclasses import dataclass

from models.annotator.protocol import Heard, Question
from store.generations import Generation


@dataclass(frozen=True)
class Ended:
    """A call that came to its end: what is kept of it, what was heard as in ``Reply``, and when (monotonic clock)."""

    question: Question
    call: Generation
    heard: Heard
    charged: int
    begun: float
    over: float

    @property
    def strange(self) -> bool:
        """Whether something else than the model was heard."""
        return self.heard in ("alien", "thoughts")

    def vouches_for(self, other: Ended) -> bool:
        """Whether this answer shows that the model was there when another call came to nothing.

        An answer that was under way already says nothing of a page that came meanwhile: the server may have changed.
        """
        return not other.strange or other.over <= self.begun
