"""Run: asks one question after another, counts what comes back, stops when the budget or the server is at an end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from models.annotator.protocol import ModelClient, Question, Reply
from pipeline.annotation.agreement import Gold
from pipeline.annotation.budget import Budget
from pipeline.annotation.ledger import Ledger, call_of
from pipeline.errors import PipelineError
from pipeline.progress import Advance
from store.generations import Generation

FLUSH_SECONDS = 30.0  # between two moves into the store, each a version of its tables
SILENCE = 64  # calls in a row without an answer after which a server is given up


class Run:
    """One run of an annotator and its counts.

    Parameters
    ----------
    annotator
        ``llm:MODEL``.
    say
        Called with a line now and then.
    """

    def __init__(self, annotator: str, budget: Budget, ledger: Ledger, gold: Gold, say: Callable[[str], None]) -> None:
        self.annotator, self.budget, self.ledger, self.gold, self.say = annotator, budget, ledger, gold, say
        self.labelled = self.corrupted = 0
        self.flushed = time.monotonic()

    @property
    def asked(self) -> int:
        """Articles that the model was asked about and that are settled."""
        return self.labelled + self.corrupted

    def ask(self, model: ModelClient, questions: Iterator[Question], advance: Advance) -> None:
        """Ask all questions that the budget holds.

        A call that came to nothing says something of its article only if the model answers others: it is corrupted
        then. Until that is known it is kept back, and where the model stays silent it has not been asked.

        Raises
        ------
        PipelineError
            When the model is silent (exit code 3).
        """
        silent: list[Generation] = []
        for call, arrived in self._calls(model, questions):
            self.budget.settle(call)
            if not arrived:
                silent.append(call)
                require_voice(silent, SILENCE)
            else:
                self._count([call, *silent], advance, unwritten=silent)
                silent = []
            self._move()
        require_voice(silent, SILENCE if self.asked else 1)
        self._count(silent, advance, unwritten=silent)

    def _calls(self, model: ModelClient, questions: Iterator[Question]) -> Iterator[tuple[Generation, bool]]:
        """Ask until the questions or the budget end; what was expected of calls under way may turn out to be free."""
        while True:
            asked = 0
            for call in model.answers(self.budget.within(questions), self._note):
                asked += 1
                yield call
            if not (asked and self.budget.stopped):
                return

    def _note(self, reply: Reply) -> tuple[Generation, bool]:
        """Judge a reply and write it down at once, on whatever thread it came."""
        call = call_of(reply, self.annotator)
        if reply.arrived:
            self.ledger.keep(call)
        return call, reply.arrived

    def _count(self, calls: list[Generation], advance: Advance, *, unwritten: list[Generation]) -> None:
        for call in unwritten:
            self.ledger.keep(call)
        for call in calls:
            self.labelled += call.outcome == "labelled"
            self.corrupted += call.outcome == "corrupted"
            self.gold.compare(call)
            advance(1)

    def _move(self) -> None:
        """Move what is written down into the store, and say how the model does, now and then."""
        if time.monotonic() - self.flushed < FLUSH_SECONDS:
            return
        self.ledger.flush()
        self.flushed = time.monotonic()
        if line := self.gold.line():
            self.say(line)


def require_voice(silent: list[Generation], most: int) -> None:
    """Give a model up that has not answered so many calls in a row."""
    if len(silent) >= most:
        reason = silent[-1].reason
        raise PipelineError(f"the model does not answer: {reason}; what it answered is kept, run again later", 3)
