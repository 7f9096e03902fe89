"""Label values: what a cell of a label column says. Blank is unknown, never 0."""

from __future__ import annotations

import re
from collections.abc import Mapping

ASKED = "?"  # a cell that waits for a person; until it is answered it is unknown
YES = frozenset({"1", "+", "да", "д", "yes", "y", "true", "истина", "v", "✓", "✔", "☑"})
NO = frozenset({"0", "нет", "н", "no", "n", "false", "ложь", "✗", "✘"})
# What spreadsheets (#N/A, #Н/Д), pandas (<NA>, NaN) and people write where they do not know.
UNKNOWN = frozenset(
    {"", ASKED, "n/a", "#n/a", "na", "<na>", "nan", "null", "none", "unknown", "н/д", "#н/д", "неизвестно", "…", "..."}
)
# Marks without a meaning of their own: what stands beside them in the column decides, see `column_marks`.
HYPHEN, CROSS, LONG_DASHES = "-", "x", frozenset({"–", "—"})
MARKS = frozenset({HYPHEN, CROSS, *LONG_DASHES})
MEANINGS: dict[str, int | None] = dict.fromkeys(YES, 1) | dict.fromkeys(NO, 0) | dict.fromkeys(UNKNOWN)
# Letters and signs that look the same and are typed for each other: the Cyrillic х, the signs × − ‐ ‑.
LOOKALIKES = str.maketrans({"х": "x", "×": "x", "−": "-", "‐": "-", "‑": "-"})
NUMBER = re.compile(r"([01])[.,]0*")  # 1.0 of pandas, 1,00 of a Russian spreadsheet
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


class LabelValueError(ValueError):
    """A cell that is not 1, 0 or blank, in whatever words."""


def fold(text: str) -> str:
    """A name or a value as it is compared: in any case, with any spaces, ё as е."""
    return " ".join(INVISIBLE.sub("", text).casefold().replace("ё", "е").split())


def label_mark(cell: str) -> str:
    """The mark that a cell holds, however it is written: ``1,0`` is ``1``, ``Х`` is ``x``, ``'+`` is ``+``.

    The apostrophe is what a spreadsheet wants before a plus that is no formula.
    """
    mark = fold(cell).removeprefix("'")
    mark = mark.translate(LOOKALIKES) if len(mark) == 1 else mark
    number = NUMBER.fullmatch(mark)
    return number.group(1) if number else mark


def label_value(cell: str, settled: Mapping[str, int | None] | None = None) -> int | None:
    """Read a cell: 1, 0, or None for blank and for a question that nobody answered.

    Parameters
    ----------
    settled
        Mark → what it means in this column, before what it means everywhere.

    Raises
    ------
    LabelValueError
        For anything else.
    """
    mark = label_mark(cell)
    if settled and mark in settled:
        return settled[mark]
    try:
        return MEANINGS[mark]
    except KeyError:
        raise LabelValueError(f"{cell.strip()[:40]!r} is not 1, 0 or blank") from None


def is_label_column(cells: set[str]) -> bool:
    """Whether a column of these cells says yes or no somewhere, and nothing but label values anywhere."""
    marks = {label_mark(cell) for cell in cells}
    return marks <= MEANINGS.keys() | MARKS and bool(marks & (YES | NO | {CROSS}))
