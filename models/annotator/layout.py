"""Layout: thoughts, code fences, tags, tables and check marks around an answer, in plain words."""

from __future__ import annotations

import re

from models.annotator.claims import UnreadableError

FENCE = re.compile(r"```(?:json|text|txt)?(?![\w-])|```")
THOUGHT = r"(?:think|thinking|thought|reasoning)"
THOUGHT_ENDS = re.compile(rf"(?:</{THOUGHT}>|\[/{THOUGHT}\])", re.IGNORECASE)
THOUGHT_BEGINS = re.compile(rf"(?:<{THOUGHT}>|\[{THOUGHT}\])", re.IGNORECASE)
TAGGED = re.compile(r"\s*<(answer|output|response|result|ответ)>(.*)</\1>\s*", re.DOTALL | re.IGNORECASE)
ROW = re.compile(r"^\s*\|([^|\n]*)\|([^|\n]*)\|\s*$", re.MULTILINE)
HEAD = re.compile(r"\A\s*\|[^\n]*\|\s*\n\s*\|[\s:|-]*-[\s:|-]*\|\s*$", re.MULTILINE)  # a table's first row and its rule
CHECKED = re.compile(r"^\s*(?:[-*•]\s+)?(?P<mark>[✅✔☑✓❌✖✗✘☒])\ufe0f?\s*(?P<name>[^\n]*)$", re.MULTILINE)
CHECKS = "✅✔☑✓"


def aloud(text: str) -> str:
    """What is said aloud: behind the last thought, without code fences and a tag around all of it.

    Raises
    ------
    UnreadableError
        When a thought does not end.
    """
    spoken = FENCE.sub(" ", THOUGHT_ENDS.split(text)[-1])
    if THOUGHT_BEGINS.search(spoken):
        raise UnreadableError("is a thought without an end")
    tagged = TAGGED.fullmatch(spoken)
    return tagged[2] if tagged else spoken


def in_words(text: str) -> str:
    """Write a table of names and verdicts, and names with check marks, as ``name: yes``.

    Check marks alone, with no cross among them, only adorn a list: it says of no category that it was judged.
    """
    rows = HEAD.sub("", text)
    text = ROW.sub(r"\1: \2", rows) if ROW.search(rows) else text
    marks = {line["mark"] for line in CHECKED.finditer(text)}
    if marks <= set(CHECKS):
        return CHECKED.sub(r"\g<name>", text)
    return CHECKED.sub(lambda line: f"{line['name'].strip(' .,;')}: {'yes' if line['mark'] in CHECKS else 'no'}", text)
