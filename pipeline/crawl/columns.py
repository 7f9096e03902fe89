"""Which column is which: crawls call the same four fields by many names, and everything else is a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.crawl.article import RawArticle
from pipeline.errors import PipelineError

# The first name that a file has wins; its other columns are passed on untouched.
KNOWN_NAMES = {
    "source": ("source", "publisher", "source_domain", "site"),
    "title": ("title", "headline"),
    "text": ("text", "content", "body", "maintext", "articlebody", "content_text", "content_html"),
    "date": (
        *("publication_date", "posted_ts", "date", "published_at", "publishedat", "datepublished", "date_publish"),
        *("date_published", "pubdate", "published", "timestamp"),
    ),
}
# When the page was fetched, against which «вчера» is read; the column is passed on all the same.
FETCHED_NAMES = (
    *("fetched_at", "crawled_at", "scraped_at", "downloaded_at", "retrieved_at", "fetched", "crawled", "scraped"),
    *("date_download", "download_date", "fetch_date", "crawl_date", "fetch_time", "crawl_time", "indexed_at"),
)
# Where the article stands; its host is the source of a row without one.
URL_NAMES = ("url", "link", "article_url", "page_url", "canonical_url", "permalink")


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns and the places of the four fields among them; None where the table lacks one."""

    names: tuple[str, ...]
    source: int | None
    title: int | None
    text: int | None
    date: int | None
    fetched: int | None = None
    url: int | None = None

    def raw_article(self, values: Sequence[str]) -> RawArticle:
        """Pick the fields out of a row of as many values as there are names."""
        return RawArticle(
            source=values[self.source] if self.source is not None else "",
            title=values[self.title] if self.title is not None else "",
            text=values[self.text] if self.text is not None else "",
            date=values[self.date] if self.date is not None else "",
            fetched=values[self.fetched] if self.fetched is not None else "",
            url=values[self.url] if self.url is not None else "",
        )

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        """Return the row's other columns by their names."""
        fields = {self.source, self.title, self.text, self.date}
        return {name: values[place] for place, name in enumerate(self.names) if place not in fields}


HEADERLESS = Columns(("source", "title", "text", "date"), 0, 1, 2, 3)


@lru_cache(maxsize=256)
def find_columns(names: tuple[str, ...]) -> Columns:
    """Recognise columns by their names, in any case.

    Parameters
    ----------
    names
        The names in the table's order.

    Returns
    -------
    Columns
        Names trimmed, otherwise as given.
    """
    places = {name.strip().lower(): place for place, name in reversed(list(enumerate(names)))}
    fields = {
        field: next((places[alias] for alias in aliases if alias in places), None)
        for field, aliases in {**KNOWN_NAMES, "fetched": FETCHED_NAMES, "url": URL_NAMES}.items()
    }
    return Columns(tuple(name.strip() for name in names), **fields)


def is_header(names: Sequence[str]) -> bool:
    """Tell a header from a record: at least two of the four fields are called by a known name."""
    columns = find_columns(tuple(names))
    return sum(place is not None for place in (columns.source, columns.title, columns.text, columns.date)) >= 2


def require_text(columns: Columns, path: Path) -> Columns:
    """Return `columns` if an article can be made of them.

    Parameters
    ----------
    columns
        The file's columns.
    path
        The file, for the message.

    Returns
    -------
    Columns
        The same.

    Raises
    ------
    PipelineError
        If there is no text column.
    """
    if columns.text is not None:
        return columns
    existing = ", ".join(name[:40] for name in columns.names[:20]) or "none"
    understood = "; ".join(f"{field}: {', '.join(names)}" for field, names in KNOWN_NAMES.items())
    raise PipelineError(
        f"{path}: no text column; its columns are {existing}; rename one to a known name ({understood})"
    )
