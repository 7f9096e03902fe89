"""Progress: a bar with rate and time left on a terminal, a line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

LINE_EVERY_SECONDS = 10.0  # a log of a night stays readable
Say = Callable[[str], None]  # told a line for a person, on standard error


class Advance(Protocol):
    """Called with the number of units just done."""

    def __call__(self, units: int) -> None:
        """Count units."""


@contextmanager
def progress(label: str, total: int | None, unit: str, *, quiet: bool) -> Iterator[Advance]:
    """Show how far a long piece of work is, on standard error.

    Parameters
    ----------
    label
        What is being done.
    total
        Units in all; None where that is not known.
    unit
        What is counted, in the plural.
    quiet
        Show nothing.
    """
    if quiet:
        yield lambda units: None
    # Of standard error: standard output is a pipe in `rubrika predict … > FILE`, while a person still looks on.
    elif sys.stderr.isatty():
        with _bar(label, total, unit) as advance:
            yield advance
    else:
        yield _Lines(label, total, unit)


@contextmanager
def _bar(label: str, total: int | None, unit: str) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        bar.update(task, advance=0)  # the clock starts now, not with the first unit, which may take long
        yield lambda units: bar.advance(task, units)


class _Lines:
    """One line every few seconds: done, rate, time left."""

    def __init__(self, label: str, total: int | None, unit: str) -> None:
        self.label, self.total, self.unit = label, total, unit
        self.started = self.written = time.monotonic()
        self.done = 0

    def __call__(self, units: int) -> None:
        self.done += units
        now = time.monotonic()
        if now - self.written < LINE_EVERY_SECONDS:
            return
        self.written = now
        rate = self.done / (now - self.started)
        left = f" of {self.total}, {(self.total - self.done) / rate:.0f} s left" if self.total else ""
        sys.stderr.write(f"{self.label}: {self.done}{left}, {pace(rate, self.unit)}\n")


def pace(rate: float, unit: str) -> str:
    """A number of units per second as a person reads it: slow work by the minute."""
    if rate >= 10:
        return f"{rate:.0f} {unit}/s"
    return f"{rate:.1f} {unit}/s" if rate >= 1 else f"{60 * rate:.1f} {unit}/min"
