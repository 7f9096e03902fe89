"""Parse: a model's answer becomes a value for every category asked, or is corrupted; nothing lies between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.annotator.claims import UnreadableError, settle
from models.annotator.json_answer import find_json, read_json
from models.annotator.listing import read_listing
from models.annotator.names import names_of
from models.annotator.prose import require_agreement
from models.annotator.protocol import Reply, Topic

LONGEST = 10_000
FENCE = re.compile(r"```(?:json|text|txt)?(?![\w-])|```")


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
        return read_values(spoken(text), topics)
    except UnreadableError as error:
        return Corrupted(str(error))


def spoken(text: str) -> str:
    """What is said aloud: behind the last thought, without code fences.

    Raises
    ------
    UnreadableError
        When a thought does not end, or what is said is longer than an answer can be.
    """
    said = FENCE.sub(" ", text.rpartition("</think>")[2])
    if "<think>" in said:
        raise UnreadableError("is a thought without an end")
    if len(said) > LONGEST:
        raise UnreadableError(f"is {len(said)} characters long, an answer has at most {LONGEST}")
    return said


def read_values(said: str, topics: Sequence[Topic]) -> dict[str, int]:
    """Find what the answer says, in JSON if there is any, else in words.

    Raises
    ------
    UnreadableError
        When that is nothing certain.
    """
    names, asked = names_of(topics), [topic.key for topic in topics]
    found, prose = find_json(said)
    if not found:
        return settle(read_listing(said, names), asked)
    answers = [settle(read_json(value, names), asked) for value in found]
    if any(answer != answers[0] for answer in answers):
        raise UnreadableError("holds several answers that differ")
    require_agreement(prose, answers[0], names)
    return answers[0]
