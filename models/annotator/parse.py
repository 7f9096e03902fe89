"""Parse: a model's answer becomes a value for every category asked, or is corrupted; nothing lies between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.annotator.claims import UnreadableError, settle
from models.annotator.json_answer import read_json
from models.annotator.json_values import find_json
from models.annotator.layout import aloud, in_words
from models.annotator.listing import read_listing
from models.annotator.names import names_of
from models.annotator.prose import require_agreement
from models.annotator.protocol import Reply, Topic

LONGEST = 10_000


@dataclass(frozen=True)
class Corrupted:
    """An answer that says nothing certain, and why; it stands for no value at all, not for zeros."""

    reason: str


def judge(reply: Reply) -> dict[str, int] | Corrupted:
    """Read a reply; one with a problem is corrupted whatever its text says."""
    if reply.problem:
        return Corrupted(reply.problem)
    return parse_answer(reply.text, reply.question.topics)


def parse_answer(text: str, topics: Sequence[Topic]) -> dict[str, int] | Corrupted:
    """Read an answer about some categories.

    Parameters
    ----------
    text
        Whatever the model wrote.
    topics
        The categories asked about.

    Returns
    -------
    dict or Corrupted
        Every category asked → 1 or 0, and no other; or why the answer cannot be read.
    """
    try:
        return read_values(text, topics)
    except UnreadableError as error:
        return Corrupted(str(error))


def read_values(text: str, topics: Sequence[Topic]) -> dict[str, int]:
    """Find what the answer says, in JSON if there is any, else in words.

    Raises
    ------
    UnreadableError
        When that is nothing certain, or longer than an answer can be.
    """
    answer = aloud(text)
    if len(answer) > LONGEST:
        raise UnreadableError(f"is {len(answer)} characters long, an answer has at most {LONGEST}")
    names, keys = names_of(topics), [topic.key for topic in topics]
    values, prose = find_json(answer)
    if not values:
        return settle(read_listing(in_words(answer), names), keys)
    answers = [settle(read_json(value, names), keys) for value in values]
    if any(other != answers[0] for other in answers):
        raise UnreadableError("holds several answers that differ")
    require_agreement(prose, answers[0], names)
    return answers[0]
