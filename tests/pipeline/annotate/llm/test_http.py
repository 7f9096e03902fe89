"""What is made of a call that failed, with a transport that says what it is told; the network itself is elsewhere."""

import json
import time

import pytest

from models.annotator.protocol import Question, Topic
from pipeline.annotate.llm import patience
from pipeline.annotate.llm.http import HttpModel
from pipeline.annotate.llm.secret import Secret
from pipeline.annotate.llm.transport import Response
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings

QUESTION = Question("a", (Topic("sport", "Спорт"),), "p", "Правила", "Статья")
DONE = Response(200, json.dumps({"choices": [{"message": {"content": "sport"}}]}).encode())
GONE = Response(0, problem="refused", unreachable=True)
LATE = Response(0, problem="no whole response within 5 s", late=True)
LATER = Response(429, retry_after=0.0)


class Scripted:
    """A transport that gives one response after the other, the last for ever; before each others may be answered."""

    def __init__(self, *responses):
        self.responses, self.sent, self.between = list(responses), 0, lambda: None

    def send(self, body):
        self.sent += 1
        self.between()
        return self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(patience, "FIRST_WAIT", 0.0)
    monkeypatch.setattr(patience, "MOST_POSTPONEMENTS", 2)
    monkeypatch.setattr(patience.random, "uniform", lambda low, high: low)


def ask(*responses, busy=False, known=True):
    """Ask through a transport; ``busy``: others are answered all the while, ``known``: some were before."""
    transport, said = Scripted(*responses), []
    model = HttpModel(AnnotatorSettings(retries=2), transport, Secret(""), said.append)
    model.heard_at = time.monotonic() if known else 0.0
    if busy:
        transport.between = lambda: setattr(model, "heard_at", time.monotonic())
    reply = model.ask(QUESTION)
    return reply, transport.sent


@pytest.mark.parametrize(
    ("response", "alone", "busy"),
    [
        (Response(500), "failed", "failed"),
        (Response(0, problem="half"), "failed", "failed"),
        (Response(502), "silent", "failed"),
        (Response(503), "silent", "failed"),
        (Response(504), "silent", "failed"),
        (LATE, "silent", "failed"),
        (GONE, "silent", "silent"),
        (Response(403), "refused", "refused"),
    ],
)
def test_an_outage_says_nothing_of_the_article_unless_others_are_answered_meanwhile(response, alone, busy):
    assert ask(response)[0].heard == alone
    assert ask(response, busy=True)[0].heard == busy


def test_being_told_to_come_later_is_borne_as_long_as_others_are_answered():
    reply, sent = ask(*[LATER] * 20, DONE, busy=True)
    assert (reply.heard, reply.text, reply.tries, sent) == ("answered", "sport", 21, 21)
    reply, sent = ask(*[LATER] * 20, DONE)
    assert (reply.heard, sent) == ("silent", 3)


def test_tries_that_the_server_did_not_take_up_cost_nothing():
    assert ask(LATER, GONE, DONE)[0].charged == 1
    assert ask(Response(500), LATE, DONE)[0].charged == 3
    assert ask(GONE)[0].charged == 0


def test_every_attempt_is_counted_also_the_one_that_taught_a_simpler_dialect():
    refusal = Response(400, b'{"error": {"message": "response_format is not supported"}}')
    reply, sent = ask(refusal, DONE)
    assert (reply.heard, reply.tries, reply.charged, sent) == ("answered", 2, 2, 2)


@pytest.mark.parametrize("status", [400, 404, 422, 500, 501])
@pytest.mark.parametrize("words", ["System role not supported", "json_schema is not supported"])
def test_what_a_server_does_not_take_is_left_out_and_never_sent_again(status, words):
    refusal = Response(status, json.dumps({"error": {"message": words}}).encode())
    transport = Scripted(refusal, DONE)
    model = HttpModel(AnnotatorSettings(retries=0), transport, Secret(""), print)
    assert (model.ask(QUESTION).heard, model.ask(QUESTION).heard, transport.sent) == ("answered", "answered", 3)
    assert (model.dialect.system, model.dialect.structured) == (words[0] != "S", words[0] == "S")


def test_an_error_with_status_200_is_the_server_s_own_failure():
    failure = Response(200, b'{"error": {"message": "CUDA out of memory"}}')
    assert ask(failure, DONE)[0].heard == "answered"
    reply, sent = ask(failure)
    assert (reply.heard, reply.problem, sent) == ("failed", "no answer after 3 tries: HTTP 500: CUDA out of memory", 3)


def test_a_server_that_never_answered_is_given_up_sooner():
    with pytest.raises(PipelineError, match=r"the model server .* cannot be reached: refused; start the server"):
        ask(GONE, known=False)
