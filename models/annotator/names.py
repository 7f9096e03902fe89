"""Names: the words by which an answer may call a category."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from models.annotator.protocol import Topic


def plain(text: str) -> str:
    """Write a text so that case, compatibility forms of letters, ё and runs of blanks make no difference."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).replace("ё", "е")
    return "\n".join(" ".join(line.split()) for line in folded.splitlines())


def names_of(topics: Sequence[Topic]) -> dict[str, str]:
    """Map every name to its category's key: the keys, and the titles that only one category has.

    A key goes before a title that reads the same: keys are what the model is told to answer.
    """
    titles = [plain(topic.title) for topic in topics]
    of_one = {title: topic.key for title, topic in zip(titles, topics, strict=True) if titles.count(title) == 1}
    return {title: key for title, key in of_one.items() if title} | {plain(topic.key): topic.key for topic in topics}
