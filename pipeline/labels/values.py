"""Label values: what an annotator's cell may hold. Blank is unknown, never 0."""

from __future__ import annotations

ASKED = "?"  # a cell that waits for a person; until it is answered it is unknown
BLANKS = frozenset({"", ASKED})
VALUES: dict[str, int | None] = {"1": 1, "1.0": 1, "true": 1, "0": 0, "0.0": 0, "false": 0}
VALUES |= dict.fromkeys([*BLANKS, "nan", "null", "none"])


class LabelValueError(ValueError):
    """A cell that is not 1, 0 or blank."""


def label_value(cell: str) -> int | None:
    """Read a cell: 1, 0, or None for blank and for a question that nobody answered.

    Raises
    ------
    LabelValueError
        For anything else.
    """
    try:
        return VALUES[cell.strip().lower()]
    except KeyError:
        raise LabelValueError(f"{cell.strip()[:40]!r} is not 1, 0 or blank") from None
