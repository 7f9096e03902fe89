"""Reserved: the words by which an answer is read, so that no category may be called by one of them."""

from __future__ import annotations

import re

from models.annotator.json_answer import FLAGS, HOLDERS
from models.annotator.listing import HEADINGS
from models.annotator.names import plain
from models.annotator.tokens import WORDS

PATTERN = re.compile("|".join(f"(?:{words})" for words in [*WORDS.values(), HEADINGS]))


def is_reserved(name: str) -> bool:
    """Whether a category's key or title is, in any case, a word that an answer needs for itself.

    ``{"categories": ["sport"]}`` could be a flag of a category ``categories``, and ``none`` the name of one.
    """
    word = plain(name).strip()
    return word in HOLDERS or word in FLAGS or bool(PATTERN.fullmatch(word))
