"""The article, and the one way from a crawled row to it: what is stored, hashed and embedded starts here."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from pipeline.crawl.dates import parse_date
from pipeline.crawl.text import clean, clean_line

Reason = Literal[
    "undecodable bytes",
    "no source",
    "no text",
    "wrong number of fields",
    "record too large",
    "broken JSON",
    "broken quotes",
]


@dataclass(frozen=True, slots=True)
class RawArticle:
    """The fields of a crawled row as they were written, empty where the row has none."""

    source: str
    title: str
    text: str
    date: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What rows that do not say are taken to mean.

    Attributes
    ----------
    timezone
        IANA name of the zone that dates without one are in.
    source
        The source of rows without one, told by a person; empty: the host of their address.
    unnamed
        The source of rows without one and without an address; empty: such rows are rejected.
    titles_alone
        Whether a title without a text is an article.
    """

    timezone: str
    source: str = ""
    unnamed: str = ""
    titles_alone: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    r"""A clean article.

    Attributes
    ----------
    id
        `content_id` of title and text: the same news under two sources has one id.
    source
        Where it was published.
    title
        One line; may be empty.
    text
        Prose, paragraphs separated by one ``\n``; empty only where titles alone are taken.
    published_at
        Publication time in UTC; None if unknown.
    published_raw
        The date as it was written, also when it could not be read.
    """

    id: str
    source: str
    title: str
    text: str
    published_at: datetime | None
    published_raw: str


def content_id(title: str, text: str) -> str:
    r"""Hash what an article says, whatever its spaces and line breaks: crawls of one article differ in those.

    Parameters
    ----------
    title
        Cleaned by `clean_line`; may be empty.
    text
        Cleaned by `clean`.

    Returns
    -------
    str
        The first 32 hexadecimal digits of the SHA-256, in UTF-8, of title and text without white space, ``\n`` between.
    """
    return hashlib.sha256("\n".join("".join(part.split()) for part in (title, text)).encode()).hexdigest()[:32]


def host_of(url: str) -> str:
    """Return the host that an address names, without ``www.``; empty if it names none."""
    address = url.strip()
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return host.removeprefix("www.") if "." in host and " " not in host else ""


def make_article(raw: RawArticle, assumed: Assumed) -> Article | Reason:
    """Clean a row.

    Parameters
    ----------
    raw
        The row's fields.
    assumed
        What rows that do not say are taken to mean.

    Returns
    -------
    Article or Reason
        The article, or why the row is none.

    Raises
    ------
    PipelineError
        If its time zone is not known.
    """
    source = clean_line(raw.source) or assumed.source or host_of(raw.url) or assumed.unnamed
    title, text = clean_line(raw.title), clean(raw.text)
    if not source:
        return "no source"
    if not text and not (title and assumed.titles_alone):
        return "no text"
    published_raw = raw.date.strip()
    return Article(content_id(title, text), source, title, text, parse_date(raw.date, assumed.timezone), published_raw)
