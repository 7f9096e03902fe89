"""Text that was decoded wrongly before it came here: every letter is valid, and no word is Russian any more.

It cannot be read another way, because its bytes are gone; what can be told is by which two encodings it is repaired.
"""

import re

from pipeline.crawl.russian import reads_russian, russian_pairs

_LOOKED_AT = 500  # characters; what was decoded wrongly was so from its first word
_LEAST_PAIRS = 4
_WHOLE = 0.2  # of common pairs: what is Russian to this extent is not damaged as a whole
# What the usual accidents leave and good Russian hardly has: three letters of Western Europe in a row, "Ð" or "Р"
# before every sign, boxes, capitals turned over, the signs that cp866's vowels become. Only what matches is judged.
_SUSPECT = re.compile(
    r"[À-ÿ]{3}|[ÐÑ][\u0080-\u2122]|(?:[РС][\u0080-\u04ff\u2010-\u2122]){4}|[\u2500-\u259f]|\b[а-яё][А-ЯЁ]{3}|[ЎўЈ¤ҐЄ¬®Ї]{2}"
)
# What it was, and what it was read as; UTF-8 first, because its repair alone fails wherever it is not the right one.
_ACCIDENTS = (
    *(("utf-8", wrong) for wrong in ("cp1252", "latin-1", "cp1251", "cp866", "koi8-r")),
    *(("cp1251", wrong) for wrong in ("latin-1", "cp1252", "koi8-r", "cp866")),
    *(("koi8-r", wrong) for wrong in ("latin-1", "cp1251")),
    *(("cp866", wrong) for wrong in ("latin-1", "cp1252", "cp1251")),
)


def find_damage(text: str) -> tuple[str, str] | None:
    """Tell whether a text was decoded wrongly, and how.

    Parameters
    ----------
    text
        An article's text, or its title.

    Returns
    -------
    tuple of str or None
        What its encoding was and which one it was read as; None if it is whole, or damaged beyond these.
    """
    part = text[:_LOOKED_AT]
    if not _SUSPECT.search(part):
        return None
    balance, judged = russian_pairs(part)
    if judged and balance >= _WHOLE * judged:
        return None
    return next(((right, wrong) for right, wrong in _ACCIDENTS if _is_repaired(part, right, wrong)), None)


def _is_repaired(text: str, right: str, wrong: str) -> bool:
    try:
        repaired = text.encode(wrong).decode(right, "replace" if right != "utf-8" else "ignore")
    except UnicodeEncodeError:
        return False
    return russian_pairs(repaired)[0] >= _LEAST_PAIRS and reads_russian(repaired)
