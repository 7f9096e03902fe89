"""Over the network: asks any OpenAI-compatible server, many calls at once, each until it was answered or given up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from models.annotator.protocol import Question, Reply
from pipeline.config import Annotator
from pipeline.errors import PipelineError
from pipeline.llm.patience import Gate, Patience
from pipeline.llm.secret import Secret
from pipeline.llm.side_by_side import side_by_side
from pipeline.llm.transport import HttpTransport, Response
from pipeline.llm.wire import Answer, Dialect, error_in, read_answer, read_body, request_body

Kept = TypeVar("Kept")
LATER = frozenset({429})
AGAIN = frozenset({0, 408, 409, 425}) | frozenset(range(500, 600))
REFUSED = frozenset({400, 413, 415, 422})
MODERATED = 403  # after other answers this concerns one article, before them the key
NO_MONEY = "insufficient_quota"
EARLY_TRIES = 3  # attempts at a server that cannot be connected to and has never answered


@dataclass(frozen=True)
class Failed:
    """A call that was given up."""

    problem: str
    text: str


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
    """

    def __init__(self, settings: Annotator, transport: HttpTransport, secret: Secret) -> None:
        self.settings, self.transport, self.secret = settings, transport, secret
        self.dialect = Dialect(settings.structured != "off", settings.structured == "auto")
        self.gate = Gate()
        self.heard = False

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
        started, patience, dialect = time.monotonic(), Patience(self.settings.retries), self.dialect
        while True:
            self.gate.wait()
            body = request_body(question, self.settings.model, self.settings.max_tokens, dialect)
            response = as_meant(self.transport.send(body))
            if response.status == 200:
                self.heard, self.dialect = True, dialect
                return self.reply(question, read_answer(response.body), started, patience.tries)
            if response.status in REFUSED and (simpler := dialect.without(self.message(response))):
                dialect = simpler
                continue
            failed = self.failed(response, patience)
            if failed:
                answer = Answer(failed.text, failed.problem)
                return self.reply(question, answer, started, patience.tries, arrived=False)

    def failed(self, response: Response, patience: Patience) -> Failed | None:
        """Wait for the next attempt after one that failed, or say that there will be none."""
        message = self.message(response)
        if response.status in LATER and NO_MONEY not in self.text(response):
            wait = patience.next_wait(later=True, asked=response.retry_after)
            if wait is not None:
                self.gate.close_for(wait)
                return None
        elif response.status in AGAIN:
            if response.unreachable and not self.heard and patience.tries >= EARLY_TRIES:
                self.stop(f"cannot be reached: {message}; start the server, or set annotator.base_url")
            wait = patience.next_wait(later=False, asked=response.retry_after)
            if wait is not None:
                time.sleep(wait)
                return None
        elif response.status not in REFUSED and not (response.status == MODERATED and self.heard):
            self.stop(f"answered {response.status}: {message}; {advice(response.status, self.settings)}")
        problem = f"no answer after {patience.tries} tries: {response.said()}: {message}"
        return Failed(problem, self.text(response))

    def reply(self, question: Question, answer: Answer, started: float, tries: int, *, arrived: bool = True) -> Reply:
        """Put a reply together, free of the key."""
        return Reply(
            question,
            self.secret.hide(answer.text),
            self.secret.hide(answer.problem),
            arrived,
            answer.prompt_tokens,
            answer.completion_tokens,
            time.monotonic() - started,
            tries,
        )

    def text(self, response: Response) -> str:
        """What came, as text."""
        return self.secret.hide(response.body.decode("utf-8", "backslashreplace"))

    def message(self, response: Response) -> str:
        """What the server, or the network, says of a failure, on one line."""
        said = error_in(read_body(response.body))[1] or response.problem or self.text(response)
        return " ".join(self.secret.hide(said).split())[:200] or "no reason given"

    def stop(self, what: str) -> None:
        """Stop the whole run: no other call would fare better."""
        raise PipelineError(self.secret.hide(f"the model server {self.settings.base_url} {what}"), exit_code=3)


def as_meant(response: Response) -> Response:
    """Give an error that a gateway sent with status 200 the status that its body tells."""
    status, message = error_in(read_body(response.body)) if response.status == 200 else (0, "")
    return replace(response, status=status, problem=message) if status else response


def advice(status: int, settings: Annotator) -> str:
    """What a person can do about a refusal that concerns every call."""
    if status in (401, 403):
        return f"put the key into the environment: export {settings.api_key_env}=..."
    if status == 404:
        return f"is annotator.model = {settings.model!r} served there, and does annotator.base_url end as in .../v1?"
    return "see annotator.base_url and annotator.model in rubrika.toml"
