"""Ground: where a head was taught. What is unlike all of that gets no yes and no no, but goes to a person."""

from __future__ import annotations

import re

NO_RUSSIAN_WORDS = "no Russian words"

_WORD = re.compile(r"[^\W\d_]{2,}")
_RUSSIAN_WORD = re.compile(r"[а-яё]{2,}", re.IGNORECASE)
_LEAST_RUSSIAN = 0.2  # of the words; Russian news quotes names of products, foreign news now and then a Russian name


def reads_as_russian(text: str) -> bool:
    """Tell whether a text has words in Russian letters, and not only a name among foreign ones."""
    words = len(_WORD.findall(text))
    return words > 0 and len(_RUSSIAN_WORD.findall(text)) >= _LEAST_RUSSIAN * words
