"""Marks of a column: what a lone dash or a cross means beside the column's other cells, or that nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from pipeline.labels.values import CROSS, HYPHEN, LONG_DASHES, MARKS, NO, YES, label_mark

Settled = dict[str, int | None]
PLUS = "+"


class TwoReadingsError(ValueError):
    """A mark that may mean one thing or another.

    Parameters
    ----------
    mark
        The mark.
    why
        What stands beside it, and what it may mean.
    """

    def __init__(self, mark: str, why: str) -> None:
        super().__init__(why)
        self.mark = mark


def settle_marks(cells: AbstractSet[str], given: Mapping[str, int | None], *, plus_elsewhere: bool = False) -> Settled:
    """Decide what the marks of one column mean.

    A cross is yes, unless the column has another yes. A hyphen is no beside a plus and else unknown; a long dash is
    unknown. Unknown is the careful reading: it teaches no head anything.

    Parameters
    ----------
    cells
        Every different cell of the column.
    given
        Mark → meaning, as a person said; it is never put in doubt.
    plus_elsewhere
        Whether another label column of the table holds a plus.

    Raises
    ------
    TwoReadingsError
        Where two readings are possible.
    """
    marks = {label_mark(cell) for cell in cells} - given.keys()
    yes_marks, no_marks = marks & YES, marks & NO
    settled = dict(given)
    if CROSS in marks:
        if yes_marks:
            raise TwoReadingsError(CROSS, f"'{CROSS}' stands beside {listed(yes_marks)} and may be yes or no")
        settled[CROSS] = 1
    if HYPHEN in marks:
        settled[HYPHEN] = hyphen(marks, no_marks, plus_elsewhere=plus_elsewhere)
    for dash in sorted(marks & LONG_DASHES):
        if minus_by_another_name(marks, no_marks, plus_elsewhere=plus_elsewhere):
            raise TwoReadingsError(dash, f"'{dash}' stands beside '{PLUS}' and may be a minus, no, or a blank, unknown")
        settled[dash] = None
    return settled


def hyphen(marks: AbstractSet[str], no_marks: AbstractSet[str], *, plus_elsewhere: bool) -> int | None:
    """A minus where the column goes by plus and minus, a blank where it does not."""
    if PLUS in marks and not no_marks:
        return 0
    if PLUS in marks:
        why = f"'{HYPHEN}' stands beside '{PLUS}' and {listed(no_marks)} and may be no or unknown"
        raise TwoReadingsError(HYPHEN, why)
    if not plus_elsewhere:
        return None
    if marks & (YES | NO | {CROSS}):
        raise TwoReadingsError(HYPHEN, f"'{HYPHEN}' is a minus in other columns, but here may be no or unknown")
    return 0  # a rare category in a table of plus and minus: nobody is in it


def minus_by_another_name(marks: AbstractSet[str], no_marks: AbstractSet[str], *, plus_elsewhere: bool) -> bool:
    """Whether a long dash may be the minus that a text processor made long: nothing else in its column says no."""
    if no_marks or HYPHEN in marks:
        return False
    return PLUS in marks or (plus_elsewhere and not marks & (YES | {CROSS}))


def listed(marks: AbstractSet[str]) -> str:
    """Some marks in quotes."""
    return ", ".join(f"'{mark}'" for mark in sorted(marks))


def has_plus(cells: AbstractSet[str]) -> bool:
    """Whether a column goes by plus."""
    return any(label_mark(cell) == PLUS for cell in cells)


def known_marks(cells: AbstractSet[str]) -> set[str]:
    """The marks among some cells that decide about others; free text is not kept."""
    return {label_mark(cell) for cell in cells} & (YES | NO | MARKS)
