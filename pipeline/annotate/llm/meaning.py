"""Meaning: what a response says of the article, of the moment, or of every call that could follow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from pipeline.annotate.llm.transport import Response
from pipeline.annotate.llm.wire import error_in
from pipeline.setup.settings import AnnotatorSettings

Meaning = Literal["answer", "alien", "later", "again", "refused", "stop"]
LATER = 429
NO_MONEY = b"insufficient_quota"
AGAIN = frozenset({0, 408, 409, 425}) | frozenset(range(500, 600))
REFUSED = frozenset({400, 413, 415, 422})
NO_ENTRY = frozenset({401, 402})  # the key, the money: no other call would fare better
GATEWAY = frozenset({408, 502, 503, 504, 529})  # there is a server, and behind it perhaps no model


def meaning(response: Response, *, completion: bool, heard: bool) -> Meaning:
    """What a response means.

    Parameters
    ----------
    completion
        Whether its body is a chat completion.
    heard
        Whether the server has answered before: what it refuses then concerns one article, before that the settings.

    Returns
    -------
    Meaning
        ``answer``: the model spoke. ``alien``: a success, of something that is no such server. ``later``: come again
        when asked to. ``again``: try again. ``refused``: the server does not take this article. ``stop``: no other call
        would fare better.
    """
    status = response.status
    if 200 <= status < 300 and completion:
        return "answer"
    if status == 200 or (200 <= status < 300 and response.problem):
        return "alien"
    if status == LATER:
        return "stop" if NO_MONEY in response.body else "later"
    if status in AGAIN:
        return "again"
    if status in REFUSED or (heard and status not in NO_ENTRY):
        return "refused"
    return "stop"


def complains(response: Response) -> bool:
    """Whether a failure may be about how it was asked: servers say it with 400, 404, 422, 500 or 501."""
    return response.status in REFUSED | {404, 500, 501}


def of_the_moment(response: Response) -> bool:
    """Whether a failure that lasted says nothing of the article unless others were answered meanwhile."""
    return response.late or response.status in GATEWAY


def is_free(response: Response, means: Meaning) -> bool:
    """Whether nobody can have counted tokens of an attempt; what is too large to be read may have been an answer."""
    return response.unreachable or response.status == LATER or (means == "alien" and not response.problem)


def as_meant(response: Response, parsed: Any) -> Response:  # noqa: ANN401 - whatever JSON holds
    """Give an error that a gateway sent with status 200 the status that its body tells."""
    status = error_in(parsed)[0] if response.status == 200 else 0
    return replace(response, status=status) if status else response


def advice(status: int, settings: AnnotatorSettings) -> str:
    """What a person can do about a refusal that concerns every call."""
    if status in (401, 403):
        return f"put the key into the environment: export {settings.api_key_env}=..."
    if status == 404:
        return f"is annotator.model = {settings.model!r} served there, and does annotator.base_url end as in .../v1?"
    if status in (402, LATER):
        return "top the account up, then run again"
    return "see annotator.base_url and annotator.model in rubrika.toml"
