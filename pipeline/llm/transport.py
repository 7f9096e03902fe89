"""Transport: one HTTP request, bounded in time and size, whose failures are values."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from pipeline.errors import PipelineError
from pipeline.llm.patience import retry_after
from pipeline.llm.secret import Secret

MOST_BYTES = 1 << 20
CONNECT_SECONDS = 10.0


@dataclass(frozen=True)
class Response:
    """What came back of a request.

    Parameters
    ----------
    status
        Of HTTP; 0 when no whole response came.
    body
        All bytes, or those that came.
    problem
        What the network did; empty when a whole response came.
    retry_after
        Seconds that the server asked for.
    unreachable
        Whether there was not even a connection.
    """

    status: int
    body: bytes = b""
    problem: str = ""
    retry_after: float | None = None
    unreachable: bool = False

    def said(self) -> str:
        """What kind of failure it was."""
        return f"HTTP {self.status}" if self.status else "broken connection"


class HttpTransport:
    """Posts to one address over connections that are kept.

    Parameters
    ----------
    base_url
        As servers document it, up to and with ``/v1``.
    secret
        The key.
    timeout_s
        Seconds for a whole call.
    connections
        At most this many.

    Raises
    ------
    PipelineError
        For an address that is none, or that holds a password (exit code 2).
    """

    def __init__(self, base_url: str, secret: Secret, timeout_s: float, connections: int) -> None:
        self.url = completions_url(base_url)
        self.timeout_s = timeout_s
        limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=connections)
        timeout = httpx2.Timeout(timeout_s, connect=min(timeout_s, CONNECT_SECONDS))
        headers = {"Content-Type": "application/json", **secret.headers()}
        self.client = httpx2.Client(headers=headers, timeout=timeout, limits=limits)

    def send(self, body: bytes) -> Response:
        """Post a body; whatever the network does becomes a response."""
        parts: list[bytes] = []
        try:
            with self.client.stream("POST", self.url, content=body) as response:
                problem = self._read(response, parts)
        except httpx2.ConnectError as error:
            return Response(0, problem=str(error) or "no connection", unreachable=True)
        except httpx2.RequestError as error:
            return Response(0, b"".join(parts), problem=str(error) or type(error).__name__)
        if problem:
            return Response(0, b"".join(parts), problem)
        return Response(response.status_code, b"".join(parts), "", retry_after(response.headers.get("retry-after")))

    def _read(self, response: httpx2.Response, parts: list[bytes]) -> str:
        """Read a body; the library's own time limit is only between two bytes."""
        deadline, size = time.monotonic() + self.timeout_s, 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                return f"a response of more than {MOST_BYTES} bytes"
            if time.monotonic() > deadline:
                return f"no whole response within {self.timeout_s:g} s"
        return ""


def completions_url(base_url: str) -> str:
    """The address of chat completions under a base address."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        how = "it looks like http://localhost:8000/v1 or https://api.openai.com/v1"
        raise PipelineError(f"annotator.base_url = {base_url!r} is no address; {how}", exit_code=2)
    if parts.username or parts.password:
        how = "put the key into the variable that annotator.api_key_env names"
        raise PipelineError(f"annotator.base_url of {parts.hostname} holds a password; {how}", exit_code=2)
    return base_url.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
