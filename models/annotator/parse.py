"""Parse: a model's answer becomes a value for every category asked, or is corrupted; nothing lies between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.annotator.claims import Claims, UnreadableError, settle
from models.annotator.json_answer import find_json, read_json
from models.annotator.listing import read_listing
from models.annotator.names import names_of
from models.annotator.protocol import Reply, Topic

LONGEST = 10_000
FENCE = re.compile(r"```(?:json|text|txt)?(?![\w-])|```")
THOUGHT = re.compile(r".*</think>", re.DOTALL)


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
    if len(text) > LONGEST:
        return Corrupted(f"is {len(text)} characters long, an answer has at most {LONGEST}")
    try:
        return settle(read_claims(text, topics), [topic.key for topic in topics])
    except UnreadableError as error:
        return Corrupted(str(error))


def read_claims(text: str, topics: Sequence[Topic]) -> Claims:
    """Find what the answer says, in JSON if there is any, else in words; thoughts before it do not count."""
    said = FENCE.sub("\n", THOUGHT.sub("", text))
    if "<think>" in said:
        raise UnreadableError("is a thought without an end")
    names = names_of(topics)
    values = [read_json(value, names) for value in find_json(said)]
    if len(set(values)) > 1:
        raise UnreadableError("holds several answers that differ")
    return values[0] if values else read_listing(said, names)
