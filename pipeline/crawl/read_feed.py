"""Feeds, RSS and Atom: what a newsroom publishes anyway, with texts in whatever element the site puts them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import find_columns
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.files import GZIP_ERRORS, broken_gzip, open_bytes
from pipeline.crawl.hosts import host_of
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.setup.errors import PipelineError

MAX_FEED = 64 * 2**20  # bytes; feeds hold the newest articles only, and the parser takes them whole
_ITEM = re.compile(rb"<(item|entry)\b(?:[^>]*[^/>])?>.*?</\1\s*>", re.DOTALL)
_OPENING = re.compile(rb"<(item|entry)\b")
_NAMES = ("source", "title", "text", "date", "url")
_COLUMNS = find_columns(_NAMES)
_FULL_TEXTS = ("yandex_full-text", "turbo_content", "summary")  # after content:encoded, the longest first


def read_feed(file: CrawlFile, assumed: Assumed) -> Iterator[Row]:
    """Read a feed.

    Parameters
    ----------
    file
        RSS 0.9 to 2.0, RDF or Atom.
    assumed
        What items that do not say are taken to mean.

    Yields
    ------
    Row
        One for every item; its source is the host of its link, else the feed's title.

    Raises
    ------
    PipelineError
        If it is no feed or larger than `MAX_FEED`.
    """
    path = file.path
    data = _content(path)
    whole, rest = _cut(data)
    # Markup is taken off later, as from any text; the parser's own cleaning would cost ten times the parsing.
    feed = feedparser.parse(whole, sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise PipelineError(f"{path}: not an RSS or Atom feed{_what(data)}; name the feed's file or its address")
    raws = [(match[0], 1 + whole.count(b"\n", 0, match.start())) for match in _ITEM.finditer(whole)]
    for number, entry in enumerate(feed.entries):
        # The parser does not say where an item stood; where it sees others than the pattern, only their order is known.
        raw, line = raws[number] if len(raws) == len(feed.entries) else (repr(dict(entry)).encode(), number + 1)
        yield judge(_COLUMNS, _values(entry, feed.feed), raw, line, assumed)
    if rest:
        yield Rejected(rest, 1 + whole.count(b"\n"), "cut short")


def _content(path: Path) -> bytes:
    with open_bytes(path) as stream:
        try:
            data = stream.read(MAX_FEED + 1)
        except GZIP_ERRORS as error:
            raise broken_gzip(path, error) from error
    if len(data) > MAX_FEED:
        raise PipelineError(f"{path}: a feed of more than {MAX_FEED // 2**20} MiB; split it, or save its items as JSON")
    return data


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """Split off an item that the end of the data cuts; half a text would be read as a whole one."""
    closings = max(data.rfind(b"</item"), data.rfind(b"</entry"))
    opening = next((match.start() for match in _OPENING.finditer(data, max(closings, 0))), -1)
    return (data[:opening], data[opening:]) if opening > closings else (data, b"")


def _values(entry: Any, feed: Any) -> list[str]:  # noqa: ANN401 - the parser's dictionaries
    link = entry.get("link") or ""
    source = host_of(link) or host_of(feed.get("link") or "") or feed.get("title") or ""
    date = entry.get("published") or entry.get("updated") or ""
    return [source, entry.get("title") or "", _text(entry), date, link]


def _text(entry: Any) -> str:  # noqa: ANN401
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    texts = [text for text in (*contents, *(entry.get(name) or "" for name in _FULL_TEXTS)) if text.strip()]
    return texts[0] if texts else ""


def _what(data: bytes) -> str:
    """Say of a web page which feed it names, for that is what was meant."""
    head = data[:100_000].decode("utf-8", "replace")
    if "<html" not in head.lower():
        return ""
    links = re.findall(r"<link\b[^>]*\btype=[\"']?application/(?:rss|atom)\+xml[^>]*>", head, re.IGNORECASE)
    addresses = [match[1] for link in links if (match := re.search(r"\bhref=[\"']?([^\"'\s>]+)", link, re.IGNORECASE))]
    return f" but a web page{f', which names its feed {addresses[0]}' if addresses else ''}"
