"""Address: where the chat completions of a base address are; a key has no place in it."""

from __future__ import annotations

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from pipeline.setup.errors import PipelineError

KEY_PLACE = "put the key into the variable that annotator.api_key_env names"


def completions_url(base_url: str) -> str:
    """The address of chat completions under a base address.

    Raises
    ------
    PipelineError
        For an address that is none, or one with a password, a query or a fragment, which may hold a key and are not
        shown (exit code 2).
    """
    for mark, what in {"@": "a password", "?": "a query", "#": "a fragment"}.items():
        if mark in base_url:
            raise PipelineError(f"annotator.base_url holds {what} ({mark}); {KEY_PLACE}", exit_code=2)
    url = parsed(base_url)
    if url.scheme not in ("http", "https") or not url.host:
        how = "it looks like http://localhost:8000/v1 or https://api.openai.com/v1"
        raise PipelineError(f"annotator.base_url = {base_url!r} is no address; {how}", exit_code=2)
    return base_url.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"


def parsed(address: str) -> Url:
    """The parts of an address; none of them where it is none."""
    try:
        return parse_url(address)
    except LocationParseError:
        return Url()
