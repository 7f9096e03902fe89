"""Feeds over HTTP, from a server on this machine: fetched once, remembered, and refused in one line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.crawl import fetch

ITEM = (
    "<item><title>Новость {0}</title><link>https://ved.example/{0}</link><description>Текст {0}.</description></item>"
)


def feed(*numbers: int) -> bytes:
    items = "".join(ITEM.format(number) for number in numbers)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Лента</title>{items}</channel></rss>'.encode()


@dataclass
class Site:
    """What the server answers, and the headers of what it was asked."""

    address: str = ""
    body: bytes = b""
    etag: str = '"1"'
    status: int = 200
    stall: threading.Event = field(default_factory=threading.Event)
    requests: list[dict[str, str]] = field(default_factory=list)


REDIRECTS = {"/moved": "/rss", "/elsewhere": "file:///etc/passwd", "/circle": "/circle"}


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.requests.append({name.lower(): value for name, value in self.headers.items()})
        if self.path in REDIRECTS:
            self.answer(302, {"Location": REDIRECTS[self.path]}, b"")
        elif self.path == "/slow":
            site.stall.wait(20)
        elif self.headers.get("If-None-Match") == site.etag:
            self.answer(304, {"ETag": site.etag}, b"")
        else:
            dated = {"ETag": site.etag, "Last-Modified": "Fri, 05 Mar 2021 10:00:00 GMT"}
            self.answer(site.status, dated, site.body)

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # of a client that had enough
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(body=feed(1, 2))
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("SiteHandler", (Handler,), {"site": site}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    yield site
    site.stall.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def test_second_run_stores_only_what_is_new(empty, site: Site) -> None:
    first = empty.json("ingest", f"{site.address}/rss")
    assert (first["read"], first["stored"]) == (2, 2)
    assert site.requests[0]["user-agent"].startswith("rubrika/")
    again = empty.json("ingest", f"{site.address}/rss")
    assert (again["read"], again["unchanged"]) == (0, [f"{site.address}/rss"])
    assert site.requests[1]["if-none-match"] == '"1"'
    assert site.requests[1]["if-modified-since"] == "Fri, 05 Mar 2021 10:00:00 GMT"
    site.body, site.etag = feed(3, 1, 2), '"2"'
    new = empty.json("ingest", f"{site.address}/rss")
    assert (new["read"], new["stored"], new["duplicates"]) == (3, 1, 2)
    rows = empty.json("sql", "SELECT title, source FROM articles ORDER BY title")
    assert [(row["title"], row["source"]) for row in rows] == [(f"Новость {n}", "ved.example") for n in (1, 2, 3)]


def test_what_could_not_be_stored_is_not_remembered(empty, site: Site) -> None:
    site.body = b"<html><head></head></html>"
    assert empty("ingest", f"{site.address}/rss").code == 3
    site.body = feed(1)
    assert empty.json("ingest", f"{site.address}/rss")["stored"] == 1
    assert "if-none-match" not in site.requests[1]


def test_redirects_are_followed(empty, site: Site) -> None:
    assert empty.json("ingest", f"{site.address}/moved")["stored"] == 2


def test_json_feed_is_read_too(empty, site: Site) -> None:
    site.body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [{"id": "1", "url": '
    site.body += b'"https://ved.example/1", "title": "A", "content_html": "<p>B</p>", "date_published": "2021-03-05"}]}'
    assert empty.json("ingest", f"{site.address}/feed.json")["stored"] == 1
    assert empty.json("sql", "SELECT source, text FROM articles") == [{"source": "ved.example", "text": "B"}]


def refused(result, message: str, code: int) -> None:
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_refusals_are_one_line_each(empty, site: Site, monkeypatch) -> None:
    monkeypatch.setattr(fetch, "READ_SECONDS", 0.2)
    refused(empty("ingest", f"{site.address}/slow"), "/slow: no answer within 0.2 s; check the address", 3)
    refused(empty("ingest", f"{site.address}/circle"), "/circle: too many redirects; check the address", 3)
    refused(empty("ingest", f"{site.address}/elsewhere"), "/elsewhere: leads to an address that is not http", 3)
    site.body = b"<html><head></head><body>403</body></html>"
    refused(empty("ingest", f"{site.address}/rss"), f"{site.address}/rss: not an RSS or Atom feed but a web page", 3)
    site.status = 404
    refused(empty("ingest", f"{site.address}/rss"), f"{site.address}/rss: HTTP 404 Not Found; open the address", 3)
    refused(empty("ingest", "http://127.0.0.1:1/rss"), "http://127.0.0.1:1/rss: ", 3)
    refused(
        empty("ingest", "ftp://ved.example/rss"),
        "ftp://ved.example/rss: only addresses like https://host/feed are fetched",
        2,
    )


def test_answer_that_is_too_large_is_refused(empty, site: Site, monkeypatch) -> None:
    monkeypatch.setattr(fetch, "MAX_FEED", 2**20)
    site.body = feed(1) + b" " * 2**21
    refused(empty("ingest", f"{site.address}/rss"), "the answer is more than 1 MiB; is it a feed?", 3)


def test_dates_that_cannot_be_read_are_counted_and_relative_ones_need_a_moment(empty, tmp_path) -> None:
    crawl = tmp_path / "a.csv"
    crawl.write_text("source,text,date\na.example,Мост.,2 часа назад\na.example,Порт.,когда-то\na.example,Театр.,\n")
    assert empty.json("ingest", crawl)["unread_dates"] == 2
    shown = empty("ingest", crawl).out
    assert "with a date that could not be read: 2; see: rubrika sql" in shown
    assert empty.json("ingest", crawl, "--fetched-at", "2024-05-01T10:00")["unread_dates"] == 1
    refused_option = empty("ingest", crawl, "--fetched-at", "2024-05-01")
    assert refused_option.code == 2
    assert "'2024-05-01' is no moment; give date and time: --fetched-at 2024-05-01T10:00" in refused_option.err
