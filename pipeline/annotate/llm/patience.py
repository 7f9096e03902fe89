"""Patience: how long to wait before a call is tried again, for one call and for all of them."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT = 0.5  # seconds, doubled with each further try
LONGEST_WAIT = 30.0
LONGEST_ASKED_WAIT = 600.0  # a server that asks for more is told nothing for this long
MOST_POSTPONEMENTS = 30  # times that a server may say "later" to one call


class Patience:
    """The tries of one call.

    Parameters
    ----------
    retries
        How often a broken call is tried again. Being told to come later is no failure and has a count of its own.

    Attributes
    ----------
    tries, charged
        Attempts begun so far, and those of them that a server may have charged for.
    """

    def __init__(self, retries: int) -> None:
        self.retries = retries
        self.started = self.since = time.monotonic()
        self.tries = self.charged = self.broken = self.postponed = 0

    def begun(self, *, charged: bool) -> None:
        """Count an attempt."""
        self.tries += 1
        self.charged += charged

    def next_wait(self, *, later: bool, asked: float | None) -> float | None:
        """Count a failed attempt.

        Parameters
        ----------
        later
            Whether the server only said to come later.
        asked
            Seconds that it asked for; None where it did not.

        Returns
        -------
        float or None
            Seconds to wait before the next attempt; None when it is time to give up.
        """
        failures = self.postponed if later else self.broken
        if failures >= (MOST_POSTPONEMENTS if later else self.retries):
            return None
        self.postponed += later
        self.broken += not later
        # Full waits in step would bring all callers back at the same moment.
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0**failures) * random.uniform(0.5, 1.0)
        return wait if asked is None else min(asked, LONGEST_ASKED_WAIT) + random.uniform(0.0, 0.1)

    def renew(self) -> None:
        """Take being told to come later from the beginning again: others are answered meanwhile."""
        self.since = time.monotonic()
        self.postponed = 0


class Gate:
    """Holds all callers back while a server wants to be left alone."""

    def __init__(self) -> None:
        self.opens_at = 0.0
        self.changing = threading.Lock()

    def close_for(self, seconds: float) -> float:
        """Let nobody through for some seconds; returns by how many that is longer than was known."""
        with self.changing:
            now = time.monotonic()
            before, self.opens_at = max(self.opens_at, now), max(self.opens_at, now + seconds)
            return self.opens_at - before

    def wait(self) -> None:
        """Wait until the gate is open."""
        while (left := self.opens_at - time.monotonic()) > 0:
            time.sleep(left)


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Read ``Retry-After``: seconds or a date; None where there is none that makes sense (RFC 9110, 10.2.3)."""
    if not header:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(header) - (now or datetime.now(UTC))).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(0.0, seconds) if seconds < float("inf") else None
