"""What the network does becomes a value; the other end says canned bytes."""

import contextlib
import gzip
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from pipeline.annotate.llm.secret import Secret
from pipeline.annotate.llm.transport import KEPT_BYTES, MOST_BYTES, HttpTransport
from pipeline.setup.errors import PipelineError

KEY = "sk-a-key-of-some-length"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Other:
    """The other end: what it was sent, and over how many connections."""

    def __init__(self, port):
        self.port, self.heads, self.connections = port, [], 0


def request(connection):
    """The head of the next request, its body, which is two bytes here, left out; empty when the caller hung up."""
    got = ""
    while not (got.endswith("\r\n\r\n{}") or (got.startswith("CONNECT") and got.endswith("\r\n\r\n"))):
        part = connection.recv(1 << 16).decode("latin-1")
        if not part:
            return ""
        got += part
        if not got.startswith(("POST", "CONNECT")):
            return got
    return got


@contextmanager
def other_end(*parts, pause=0.0):
    """Answer every request with some parts, a pause before each but the first; None hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))
    other = Other(listening.getsockname()[1])

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            other.connections += 1
            threading.Thread(target=converse, args=(connection,), daemon=True).start()

    def converse(connection):
        with connection, contextlib.suppress(OSError):  # the caller may leave in the middle
            while head := request(connection):
                other.heads.append(head)
                for number, part in enumerate(parts):
                    time.sleep(pause if number else 0.0)
                    if part is None:
                        return
                    connection.sendall(part)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield other
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def whole(body, headers=b"", status=b"200 OK"):
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s" % (status, len(body), headers, body)


def posted(other, times=1, timeout_s=5.0, scheme="http", host="127.0.0.1"):
    transport = HttpTransport(f"{scheme}://{host}:{other.port}/v1", Secret(KEY), timeout_s, 4)
    try:
        return [transport.send(b"{}") for _ in range(times)][-1]
    finally:
        transport.close()


def test_a_connection_is_kept_and_the_key_is_sent_in_a_header():
    with other_end(whole(b"hello", b"Retry-After: 7\r\n", b"503 Busy")) as other:
        response = posted(other, times=3)
    assert (response.status, response.body, response.retry_after) == (503, b"hello", 7.0)
    assert (other.connections, len(other.heads)) == (1, 3)
    assert other.heads[0].startswith("POST /v1/chat/completions HTTP/1.1\r\n")
    assert f"Authorization: Bearer {KEY}\r\n" in other.heads[0]


def test_a_redirection_is_not_followed_with_the_key():
    with other_end(whole(b"", b"Location: /v2\r\n", b"307 Temporary Redirect")) as other:
        assert posted(other).status == 307
    assert len(other.heads) == 1


def test_a_compressed_body_is_read_and_a_bomb_is_not():
    with other_end(whole(gzip.compress(b"hello"), b"Content-Encoding: gzip\r\n")) as other:
        assert posted(other).body == b"hello"
    bomb = gzip.compress(b" " * (30 * MOST_BYTES))
    with other_end(whole(bomb, b"Content-Encoding: gzip\r\n")) as other:
        response = posted(other)
    assert (response.status, response.problem) == (200, f"a response of more than {MOST_BYTES} bytes")
    assert len(response.body) == KEPT_BYTES


@pytest.mark.parametrize(
    ("parts", "problem", "body"),
    [
        ((whole(b"hello")[:-2], None), "IncompleteRead(3 bytes read, 2 more expected)", b"hel"),
        ((None,), "Remote end closed connection without response", b""),
        ((b"NOT HTTP AT ALL\r\n\r\n", None), "NOT HTTP AT ALL", b""),
        ((whole(b"none", b"Content-Encoding: gzip\r\n"),), "incorrect header check", b""),
        ((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", None), "IncompleteRead", b""),
    ],
)
def test_what_breaks_is_a_problem_without_a_status(parts, problem, body):
    with other_end(*parts) as other:
        response = posted(other)
    assert (response.status, response.body, response.unreachable, response.late) == (0, body, False, False)
    assert problem in response.problem


@pytest.mark.parametrize("parts", [[whole(b"h" * 50)[:-40], *[b"h"] * 40], [b"", whole(b"late")]])
def test_a_call_ends_in_time_however_the_bytes_drip(parts):
    with other_end(*parts, pause=0.05 if len(parts) > 2 else 0.5) as other:
        started = time.monotonic()
        response = posted(other, timeout_s=0.2)
        assert time.monotonic() - started < 0.6
    assert (response.status, response.problem, response.late) == (0, "no whole response within 0.2 s", True)


def test_no_connection_is_unreachable_and_so_is_one_that_is_not_safe():
    with other_end(b"no handshake") as other:
        response = posted(other, scheme="https")
        assert (response.status, response.unreachable) == (0, True)
    response = posted(other)
    assert (response.unreachable, response.problem) == (True, "[Errno 111] Connection refused")


def test_the_proxy_of_the_environment_is_asked_with_its_own_password(monkeypatch):
    with other_end(whole(b"hello")) as proxy:
        monkeypatch.setenv("http_proxy", f"http://me:p%40ss@127.0.0.1:{proxy.port}")
        assert posted(Other(80), host="model.example").body == b"hello"
        (head,) = proxy.heads
        assert head.startswith("POST http://model.example:80/v1/chat/completions HTTP/1.1\r\nHost: model.example")
        assert "proxy-authorization: Basic bWU6cEBzcw==\r\n" in head
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        with other_end(whole(b"direct")) as other:
            assert posted(other).body == b"direct"


def test_a_secure_address_is_tunnelled_to_through_the_proxy(monkeypatch):
    with other_end(whole(b"", status=b"403 No")) as proxy:
        monkeypatch.setenv("https_proxy", f"127.0.0.1:{proxy.port}")
        assert posted(Other(443), scheme="https", host="model.example").unreachable
    (head,) = proxy.heads
    assert head.startswith("CONNECT model.example:443 HTTP/1.")
    assert KEY not in head


def test_a_proxy_of_another_kind_is_refused_unseen(monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5://me:secret@127.0.0.1:1080")
    with pytest.raises(
        PipelineError, match=r"the proxy that the environment names for h is no http one; .* no_proxy=h"
    ) as caught:
        posted(Other(1), host="h")
    assert "secret" not in str(caught.value)
