"""Ingest: a dirty crawl becomes articles, labels and quarantined rows; nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from pipeline.config import Settings
from pipeline.crawl.fetched import as_file
from pipeline.crawl.options import NO_OPTIONS, ReadOptions
from pipeline.crawl.read import read_crawl
from pipeline.crawl.rows import Accepted, Rejected, Row
from pipeline.home import Home
from pipeline.label_values import LabelValueError, label_value
from pipeline.progress import progress
from store.articles import Articles
from store.labels import Labels
from store.quarantine import Quarantine

CHUNK_ROWS = 5_000
CHUNK_CHARACTERS = 8_000_000
PREVIEW_CHARACTERS = 200
FEEDS = "feeds.json"  # in the home: what servers called the versions of feeds that are stored


@dataclass
class Ingested:
    """What became of the rows: ``read = stored + duplicates + quarantined``.

    Parameters
    ----------
    labels
        Opinions taken from label columns of the same file.
    bad_labels
        Label values that were not 1, 0 or blank, left out, each with its place.
    dates_unread
        Articles whose date was written but could not be read; they are stored without one.
    unchanged
        Addresses whose feed has not changed since it was stored.
    """

    read: int = 0
    stored: int = 0
    duplicates: int = 0
    quarantined: int = 0
    labels: int = 0
    bad_labels: list[str] = field(default_factory=list)
    dates_unread: int = 0
    unchanged: list[str] = field(default_factory=list)

    @property
    def fruitless(self) -> bool:
        """Whether rows were read and none of them is an article."""
        return bool(self.read) and self.quarantined == self.read


def ingest(
    home: Home,
    settings: Settings,
    files: Sequence[Path | str],
    *,
    options: ReadOptions = NO_OPTIONS,
    quiet: bool = False,
) -> Ingested:
    """Read crawl files into the store; repeating it, or going on after a crash, stores nothing twice.

    Parameters
    ----------
    files
        Whatever `read_crawl` reads, and addresses of feeds, which are fetched only if they have changed.
    options
        What a person says about the files.

    Raises
    ------
    PipelineError
        When a file as a whole cannot be read.
    """
    done = Ingested()
    for name in files:
        with as_file(name, home.path / FEEDS) as file:
            if file is None:
                done.unchanged.append(str(name))
                continue
            rows = read_crawl(file, settings.ingest.timezone, options=options)
            with progress(f"ingest {file.name}", None, "rows", quiet=quiet) as advance:
                for chunk in chunks(rows):
                    keep(home, file, chunk, list(settings.categories), done)
                    advance(len(chunk))
    return done


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Group rows so that one group fits in memory however long its texts are."""
    chunk: list[Row] = []
    size = 0
    for row in rows:
        chunk.append(row)
        size += len(row.article.text) if isinstance(row, Accepted) else len(row.raw)
        if len(chunk) >= CHUNK_ROWS or size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def keep(home: Home, file: Path, chunk: Sequence[Row], categories: Sequence[str], done: Ingested) -> None:
    """Store one group of rows and count what became of them."""
    accepted = [row for row in chunk if isinstance(row, Accepted)]
    rejected = [row for row in chunk if isinstance(row, Rejected)]
    Quarantine(home.db).add(quarantine_table(file, rejected))
    opinions, bad = label_table(file, accepted, categories)
    if opinions.num_rows:
        done.labels += Labels(home.db).add(opinions, f"import:{file.name}")
    stored = Articles(home.db).add(*article_tables(file, accepted))
    done.read += len(chunk)
    done.stored += stored
    done.duplicates += len(accepted) - stored
    done.quarantined += len(rejected)
    done.bad_labels += bad
    done.dates_unread += sum(bool(row.article.published_raw) and not row.article.published_at for row in accepted)


def article_tables(file: Path, rows: Sequence[Accepted]) -> tuple[pa.Table, pa.Table]:
    """Accepted rows as the columns of the articles and of their sightings."""
    articles = [row.article for row in rows]
    columns = {
        "source": [article.source for article in articles],
        "published_at": pa.array([article.published_at for article in articles], pa.timestamp("us", tz="UTC")),
        "published_raw": [article.published_raw for article in articles],
    }
    ids = pa.array([article.id for article in articles], pa.string())
    titles, texts = [article.title for article in articles], [article.text for article in articles]
    places = {"file": [file.name] * len(rows), "line": pa.array([row.line for row in rows], pa.int64())}
    keys = pa.array([digest(article.id, article.source) for article in articles], pa.string())
    return (
        pa.table({"id": ids, "title": pa.array(titles, pa.string()), "text": pa.array(texts, pa.string()), **columns}),
        pa.table({"key": keys, "article_id": ids, **columns, **places}),
    )


def label_table(file: Path, rows: Sequence[Accepted], categories: Sequence[str]) -> tuple[pa.Table, list[str]]:
    """Opinions in the label columns of accepted rows, and the values that are none."""
    opinions: list[tuple[str, str, int]] = []
    bad: list[str] = []
    for row in rows:
        for category in categories:
            try:
                value = label_value(row.labels.get(category, ""))
            except LabelValueError as error:
                bad.append(f"{file.name}:{row.line}: {category} = {error}")
                continue
            if value is not None:
                opinions.append((row.article.id, category, value))
    return opinions_table(opinions), bad


def opinions_table(opinions: Sequence[tuple[str, str, int]]) -> pa.Table:
    """Opinions as (article id, category, value) in the columns that the label log takes."""
    names = ("article_id", "category", "value")
    kinds = (pa.string(), pa.string(), pa.int8())
    return pa.table(
        {
            name: pa.array([row[place] for row in opinions], kind)
            for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
        }
    )


def quarantine_table(file: Path, rows: Sequence[Rejected]) -> pa.Table:
    """Rejected rows as the columns of the quarantine."""
    return pa.table(
        {
            "key": pa.array([digest(file.name, str(row.line), row.raw.hex()) for row in rows], pa.string()),
            "file": pa.array([file.name] * len(rows), pa.string()),
            "line": pa.array([row.line for row in rows], pa.int64()),
            "reason": pa.array([row.reason for row in rows], pa.string()),
            "raw": pa.array([row.raw for row in rows], pa.large_binary()),
            "preview": pa.array(
                [row.raw[: 4 * PREVIEW_CHARACTERS].decode("utf-8", "replace")[:PREVIEW_CHARACTERS] for row in rows],
                pa.string(),
            ),
        }
    )


def digest(*parts: str) -> str:
    """A key made of several strings, 32 hex digits."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
