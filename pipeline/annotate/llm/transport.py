"""Transport: one HTTP request, bounded in time and size, whose failures are values."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from pipeline.annotate.llm.address import completions_url
from pipeline.annotate.llm.patience import retry_after
from pipeline.annotate.llm.pool import open_pool
from pipeline.annotate.llm.secret import Secret

MOST_BYTES = 1 << 20
KEPT_BYTES = 2000  # of a response that is larger than that
CHUNK = 1 << 16
CONNECT_SECONDS = 10.0
AS_IT_COMES: dict[str, Any] = {"redirect": False, "assert_same_host": False, "preload_content": False}
NO_CONNECTION = (NewConnectionError, ConnectTimeoutError, ProxyError, SSLError)


@dataclass(frozen=True)
class Response:
    """What came back of a request.

    Parameters
    ----------
    status
        Of HTTP; 0 when no whole response came.
    body
        All bytes, or those that came; of a response that is too large only the beginning.
    problem
        What the network did, or that the response is too large; empty when a whole response came.
    retry_after
        Seconds that the server asked for.
    unreachable
        Whether there was not even a connection.
    late
        Whether the time was up.
    """

    status: int
    body: bytes = b""
    problem: str = ""
    retry_after: float | None = None
    unreachable: bool = False
    late: bool = False

    def kind(self) -> str:
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
        At most this many are kept.

    Raises
    ------
    PipelineError
        For an address that is none, or that holds a password or a key (exit code 2).
    """

    def __init__(self, base_url: str, secret: Secret, timeout_s: float, connections: int) -> None:
        self.timeout_s = timeout_s
        timeout = Timeout(connect=min(timeout_s, CONNECT_SECONDS), read=timeout_s)
        self.headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate", **secret.headers()}
        self.pool, self.target = open_pool(completions_url(base_url), timeout, connections)

    def send(self, body: bytes) -> Response:
        """Post a body; whatever the network does becomes a response."""
        parts: list[bytes] = []
        try:
            response = self.pool.urlopen("POST", self.target, body, self.headers, **AS_IT_COMES)
            return self._read(response, parts)
        except NO_CONNECTION as error:
            return Response(0, problem=reason(error), unreachable=True)
        except ReadTimeoutError:
            return self._late(parts)
        except (HTTPError, OSError) as error:
            return Response(0, b"".join(parts), reason(error))

    def close(self) -> None:
        """Close the connections that wait for a request."""
        self.pool.close()

    def _read(self, response: BaseHTTPResponse, parts: list[bytes]) -> Response:
        """Read a body; the library's own time limit is only between two bytes."""
        deadline, size = time.monotonic() + self.timeout_s, 0
        wait = retry_after(response.headers.get("retry-after"))
        while part := response.read1(CHUNK):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                response.close()
                problem = f"a response of more than {MOST_BYTES} bytes"
                return Response(response.status, b"".join(parts)[:KEPT_BYTES], problem, wait)
            if time.monotonic() > deadline:
                response.close()
                return self._late(parts)
        return Response(response.status, b"".join(parts), "", wait)

    def _late(self, parts: list[bytes]) -> Response:
        return Response(0, b"".join(parts), f"no whole response within {self.timeout_s:g} s", late=True)


def reason(error: BaseException) -> str:
    """What lies at the bottom of an error of the library, which wraps what the system said."""
    inner = next((part for part in error.args if isinstance(part, BaseException)), error.__cause__)
    return reason(inner) if inner else str(error) or type(error).__name__
