"""Run: asks one question after another, counts what comes back, stops when the budget or the server is at an end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from models.annotator.protocol import ModelClient, Question, Reply
from pipeline.annotate.budget import Budget
from pipeline.annotate.ended import Ended
from pipeline.annotate.give_up import give_up
from pipeline.annotate.human_agreement import HumanLabels
from pipeline.annotate.ledger import Ledger, call_of
from pipeline.show.progress import Advance

FLUSH_SECONDS = 30.0  # between two moves into the store, each a version of its tables
SILENCE = 64  # calls in a row without an answer after which a server is given up
STRANGE = 5  # calls in a row that something else than the model answered: a page, or its thoughts alone


class Run:
    """One run of an annotator and its counts.

    Parameters
    ----------
    annotator
        ``llm:MODEL``.
    say
        Called with a line now and then.
    """

    def __init__(
        self, annotator: str, budget: Budget, ledger: Ledger, human_labels: HumanLabels, say: Callable[[str], None]
    ) -> None:
        self.annotator, self.budget, self.ledger, self.human_labels, self.say = (
            annotator,
            budget,
            ledger,
            human_labels,
            say,
        )
        self.labelled = self.corrupted = 0
        self.flushed = time.monotonic()

    @property
    def asked(self) -> int:
        """Articles that the model was asked about and that are settled."""
        return self.labelled + self.corrupted

    def ask(self, model: ModelClient, questions: Iterator[Question], advance: Advance) -> None:
        """Ask all questions that the budget holds.

        A call that failed or was refused says something of its article only if the model answers others: it is
        corrupted then. Until that is known it is held back. A call that found no model there says nothing of its
        article, which is asked again, unless no other call finds it either: then it has not been asked. A few answers
        in a row that are none of a model's are those of another server, and say nothing of their articles either.

        Raises
        ------
        PipelineError
            When the model is silent (exit code 3).
        """
        held: list[Ended] = []
        missed = strange = 0
        for ended in self._calls(model, questions):
            self.budget.settle(ended.call, ended.charged)
            if ended.heard == "silent":
                missed += 1
                self.budget.hold(ended.question)
            else:
                held.append(ended)
            strange += ended.strange
            if ended.heard == "answered":
                missed = strange = 0
                self._count([call for call in held if ended.vouches_for(call)], advance)
                held = [call for call in held if not ended.vouches_for(call)]
            elif strange >= STRANGE or len(held) >= SILENCE or (missed and self.budget.all_missed(missed)):
                give_up(ended.call, ended.heard, self.budget.settings)
            self._move()
        if held and not self._has_voice(held):
            give_up(held[-1].call, held[-1].heard, self.budget.settings)
        self._count(held, advance)

    def _has_voice(self, held: Sequence[Ended]) -> bool:
        """Whether the model is known to answer: now, or, where it at least refuses, earlier."""
        refuses = any(ended.heard == "refused" for ended in held)
        return self.asked > 0 or (refuses and self.ledger.generations.has_labelled(self.annotator))

    def _calls(self, model: ModelClient, questions: Iterator[Question]) -> Iterator[Ended]:
        """Ask until the questions or the budget end; what was expected of calls under way may turn out to be free."""
        while True:
            asked = 0
            for ended in model.answers(self.budget.within(questions), self._note):
                asked += 1
                yield ended
            if not (asked and self.budget.held):
                return

    def _note(self, reply: Reply) -> Ended:
        """Judge a reply and write it down at once, on whatever thread it came."""
        call = call_of(reply, self.annotator)
        if reply.heard == "answered":
            self.ledger.keep(call)
        now = time.monotonic()
        return Ended(reply.question, call, reply.heard, reply.charged, now - reply.seconds, now)

    def _count(self, settled: Sequence[Ended], advance: Advance) -> None:
        """Count calls, and write down those that were held back."""
        for ended in settled:
            call = ended.call
            if ended.heard != "answered":
                self.ledger.keep(call)
            self.labelled += call.outcome == "labelled"
            self.corrupted += call.outcome == "corrupted"
            self.human_labels.compare(call)
            advance(1)

    def _move(self) -> None:
        """Move what is written down into the store, and say how the model does, now and then."""
        if time.monotonic() - self.flushed < FLUSH_SECONDS:
            return
        self.ledger.flush()
        self.flushed = time.monotonic()
        if line := self.human_labels.line():
            self.say(line)
