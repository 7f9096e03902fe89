"""The article, and the one way from a crawled row to it: what is stored, hashed and embedded starts here."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.crawl.date_habits import NO_HABITS, Habits
from pipeline.crawl.date_relative import is_relative, relative_date
from pipeline.crawl.dates import parse_date
from pipeline.crawl.hosts import host_of
from pipeline.crawl.text import clean, clean_line

Reason = Literal[
    "undecodable bytes",
    "no source",
    "no text",
    "wrong number of fields",
    "record too large",
    "broken JSON",
    "broken quotes",
    "cut short",
    "text is not a string",
    "title is not a string",
    "source is not a string",
]


@dataclass(frozen=True, slots=True)
class RawArticle:
    """The fields of a crawled row as they were written, empty where the row has none."""

    source: str
    title: str
    text: str
    date: str
    url: str = ""
    fetched: str = ""


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
    fetched_at
        When rows that do not say were fetched, which «вчера» needs; None: nobody knows.
    habits
        How the file writes dates that can be read in two ways.
    titles_alone
        Whether a title without a text is an article.
    """

    timezone: str
    source: str = ""
    unnamed: str = ""
    fetched_at: datetime | None = None
    habits: Habits = NO_HABITS
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
    return Article(content_id(title, text), source, title, text, published_at(raw, assumed), raw.date.strip())


def published_at(raw: RawArticle, assumed: Assumed) -> datetime | None:
    """Read when a row was published; None if that cannot be told."""
    moment = parse_date(raw.date, assumed.timezone, assumed.habits)
    if moment is not None or not raw.date or not is_relative(raw.date):
        return moment
    # A day without a clock does not say how long «2 часа назад» is ago.
    fetched_at = parse_date(raw.fetched, assumed.timezone) if ":" in raw.fetched or raw.fetched.isdecimal() else None
    fetched_at = fetched_at or assumed.fetched_at
    return relative_date(raw.date, fetched_at, assumed.timezone) if fetched_at else None
