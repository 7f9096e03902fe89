"""Ledger: every call is in the journal the moment it ends, and from there in the store, its labels beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby

from models.annotator.parse import Corrupted, judge
from models.annotator.protocol import Reply
from pipeline.setup.home import Home
from store.generations import Generation, Generations
from store.journal import Journal, waiting
from store.labels import Labels, opinions_table

FOLDER = "annotating"


class Ledger:
    """What an annotator was asked and said; see :func:`open_ledger`."""

    def __init__(self, home: Home, journal: Journal) -> None:
        self.journal = journal
        self.generations, self.labels = Generations(home.db), Labels(home.db)

    def keep(self, call: Generation) -> None:
        """Write a call down so that it survives ``kill -9``; may be called on any thread."""
        self.journal.append(call.to_json())

    def flush(self) -> None:
        """Move what was written down into the store; safe to repeat after a kill at any line of it."""
        files, calls = self.journal.take(Generation.from_json)
        if calls:
            self.generations.add(calls)
        labelled = sorted((call for call in calls if call.outcome == "labelled"), key=lambda call: call.annotator)
        for annotator, group in groupby(labelled, key=lambda call: call.annotator):
            opinions = [(call.article_id, key, int(key in call.positive)) for call in group for key in call.categories]
            self.labels.add(opinions_table(opinions), annotator)
        self.journal.drop(files)


@contextmanager
def open_ledger(home: Home) -> Iterator[Ledger]:
    """Open the ledger of a home, bringing into the store what a killed run left, and at the end what this one did.

    Raises
    ------
    StoreError
        When another process is annotating in this home, or a line that a run left is damaged (exit code 2).
    """
    with Journal(home.path / FOLDER) as journal:
        ledger = Ledger(home, journal)
        ledger.flush()
        try:
            yield ledger
        finally:
            ledger.flush()


def calls_waiting(home: Home) -> list[Generation]:
    """The calls that are written down and not in the store yet; they stay where they are."""
    return waiting(home.path / FOLDER, Generation.from_json)


def call_of(reply: Reply, annotator: str) -> Generation:
    """Judge a reply and put it into the words of the store."""
    values = judge(reply)
    question, now = reply.question, datetime.now(UTC)
    corrupted = isinstance(values, Corrupted)
    name = "\x1f".join([annotator, question.article_id, question.prompt, now.isoformat()])
    return Generation(
        id=hashlib.sha256(name.encode()).hexdigest()[:32],
        article_id=question.article_id,
        annotator=annotator,
        prompt=question.prompt,
        categories=question.keys,
        positive=() if isinstance(values, Corrupted) else tuple(key for key, value in values.items() if value),
        outcome="corrupted" if corrupted else "labelled",
        reason=storable(values.reason) if isinstance(values, Corrupted) else "",
        raw=storable(reply.text),
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        seconds=round(reply.seconds, 3),
        tries=reply.tries,
        asked_at=now,
    )


def storable(text: str) -> str:
    """Write what is no character, as half of a surrogate pair is none, as an escape: UTF-8 has no place for it."""
    return text.encode("utf-8", "backslashreplace").decode()
