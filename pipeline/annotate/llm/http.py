"""Over the network: asks any OpenAI-compatible server, many calls at once, each until it was answered or given up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from models.annotator.protocol import Heard, Question, Reply
from pipeline.annotate.llm.dialect import ServerDialect, request_body
from pipeline.annotate.llm.meaning import (
    AGAIN,
    LATER,
    REFUSED,
    Meaning,
    advice,
    as_meant,
    complains,
    is_free,
    meaning,
    of_the_moment,
)
from pipeline.annotate.llm.patience import Gate, Patience
from pipeline.annotate.llm.secret import Secret
from pipeline.annotate.llm.side_by_side import side_by_side
from pipeline.annotate.llm.transport import HttpTransport, Response
from pipeline.annotate.llm.wire import (
    Answer,
    error_in,
    is_completion,
    is_only_thoughts,
    read_answer,
    read_body,
)
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings

Kept = TypeVar("Kept")
EARLY_TRIES = 3  # attempts at a server that cannot be connected to and has never answered
SAID_WAIT = 10.0  # seconds: a wait of all calls that is no shorter is said


class HttpModel:
    """A model behind a server.

    Parameters
    ----------
    settings
        Model, limits and patience.
    transport
        The connection.
    secret
        The key, taken out of everything that is passed on.
    say
        Called with a line when the server wants all calls to wait.
    """

    def __init__(
        self, settings: AnnotatorSettings, transport: HttpTransport, secret: Secret, say: Callable[[str], None]
    ) -> None:
        self.settings, self.transport, self.secret, self.say = settings, transport, secret, say
        self.dialect = ServerDialect(settings.structured != "off", settings.structured == "auto")
        self.gate = Gate()
        self.heard_at = 0.0  # of the monotonic clock; 0: never

    def answers(self, questions: Iterable[Question], keep: Callable[[Reply], Kept]) -> Iterator[Kept]:
        """Ask every question, ``concurrency`` at a time.

        Raises
        ------
        PipelineError
            When the server cannot be reached, refuses the key or does not have the model (exit code 3).
        """
        return side_by_side(lambda question: keep(self.ask(question)), questions, self.settings.concurrency)

    def ask(self, question: Question) -> Reply:
        """Ask one question until it is answered or given up."""
        patience, dialect = Patience(self.settings.retries), self.dialect
        while True:
            response, parsed = self.send(question, dialect)
            means = meaning(response, completion=is_completion(parsed), heard=self.heard_at > 0)
            patience.begun(charged=not is_free(response, means))
            if means in ("answer", "alien"):
                heard = self.heard(means, parsed)
                if heard == "answered":
                    self.heard_at, self.dialect = time.monotonic(), dialect
                return self.reply(question, answer_in(response, parsed), heard, patience)
            message = self.message(response, parsed)
            complaint = f"{message} {text_of(response)}"
            simpler = dialect.without(complaint, refused=response.status in REFUSED) if complains(response) else None
            if simpler:
                dialect = simpler
            elif not self.again(means, response, message, patience):
                problem = f"no answer after {tries(patience.tries)}: {response.kind()}: {message}"
                return self.reply(
                    question, Answer(text_of(response), problem), self.blamed(response, patience), patience
                )

    def send(self, question: Question, dialect: ServerDialect) -> tuple[Response, Any]:
        """Post a question when the server wants to be asked; the response, and its JSON."""
        self.gate.wait()
        response = self.transport.send(request_body(question, self.settings.model, self.settings.max_tokens, dialect))
        parsed = read_body(response.body)
        return as_meant(response, parsed), parsed

    def heard(self, means: Meaning, parsed: Any) -> Heard:  # noqa: ANN401 - whatever JSON holds
        """Tell whether it was the model that spoke; one that only thinks, before it ever gave an answer, did not."""
        if means == "alien":
            return "alien"
        return "thoughts" if not self.heard_at and is_only_thoughts(parsed) else "answered"

    def again(self, means: Meaning, response: Response, message: str, patience: Patience) -> bool:
        """Wait for the next attempt after one that failed, or say that there will be none."""
        if means == "stop":
            self.stop(f"answered {response.status}: {message}; {advice(response.status, self.settings)}")
        if means == "refused":
            return False
        if response.unreachable and not self.heard_at and patience.tries >= EARLY_TRIES:
            self.stop(f"cannot be reached: {message}; start the server, or set annotator.base_url")
        if means == "later" and self.heard_at > patience.since:
            patience.renew()
        wait = patience.next_wait(later=means == "later", asked=response.retry_after)
        if wait is None:
            return False
        if means == "later" or response.retry_after is not None:
            self.hold_all(wait)
        else:
            time.sleep(wait)
        return True

    def hold_all(self, seconds: float) -> None:
        """Let no call begin for some seconds, and say so where they are many."""
        if self.gate.close_for(seconds) >= SAID_WAIT:
            self.say(f"the model server asks to be left alone: waiting {seconds:.0f} s")

    def blamed(self, response: Response, patience: Patience) -> Heard:
        """What a call that was given up says of its article; an outage says nothing of it."""
        outage = of_the_moment(response) and self.heard_at <= patience.started
        if outage or response.unreachable or response.status == LATER:
            return "silent"
        return "failed" if response.status in AGAIN else "refused"

    def reply(self, question: Question, answer: Answer, heard: Heard, patience: Patience) -> Reply:
        """Put a reply together, free of the key."""
        return Reply(
            question,
            self.secret.hide(answer.text),
            self.secret.hide(answer.problem),
            heard,
            answer.prompt_tokens,
            answer.completion_tokens,
            time.monotonic() - patience.started,
            patience.tries,
            patience.charged,
        )

    def message(self, response: Response, parsed: Any) -> str:  # noqa: ANN401 - whatever JSON holds
        """What the server, or the network, says of a failure, on one line."""
        words = error_in(parsed)[1] or response.problem or text_of(response)
        return " ".join(self.secret.hide(words).split())[:200] or "no reason given"

    def stop(self, what: str) -> None:
        """Stop the whole run: no other call would fare better."""
        raise PipelineError(self.secret.hide(f"the model server {self.settings.base_url} {what}"), exit_code=3)


def answer_in(response: Response, parsed: Any) -> Answer:  # noqa: ANN401 - whatever JSON holds
    """The answer; one that is too large is none."""
    return Answer(text_of(response), response.problem) if response.problem else read_answer(parsed, response.body)


def text_of(response: Response) -> str:
    """What came, as text."""
    return response.body.decode("utf-8", "backslashreplace")


def tries(count: int) -> str:
    """How often it was tried, in words."""
    return "1 try" if count == 1 else f"{count} tries"
