"""Ingest: a dirty crawl becomes articles, labels and quarantined rows; nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from pipeline.crawl.fetched import as_file
from pipeline.crawl.mojibake import find_damage
from pipeline.crawl.options import AS_FOUND, ReadOptions
from pipeline.crawl.read import read_crawl
from pipeline.crawl.rows import Accepted, Rejected, Row
from pipeline.labels.crawl_labels import CrawlLabels
from pipeline.labels.id_columns import named_id
from pipeline.labels.import_call import ImportCall
from pipeline.labels.label_rows import restored
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.progress import progress
from store.articles import Articles
from store.labels import Labels, opinions_table
from store.quarantine import Quarantine

CHUNK_ROWS = 5_000
FEEDS = "feeds.json"  # in the home: what servers called the versions of feeds that are stored
CHUNK_CHARACTERS = 8_000_000
PREVIEW_CHARACTERS = 200


@dataclass
class Ingested:
    """What became of the rows: ``read = stored + duplicates + quarantined``.

    Parameters
    ----------
    reasons
        Why rows were quarantined, and how many.
    labels
        Opinions taken from label columns of the same file.
    bad_labels
        Label cells that were left out, each with its place: not 1, 0 or blank, or contradicted by an earlier row.
    label_notes
        How dashes were read, which mean nothing by themselves.
    next
        Commands that import labels which a crawl cannot give by itself: columns of topics.
        Label values that were not 1, 0 or blank, left out, each with its place.
    undated, unread_dates
        Stored articles and duplicates without a date, and with one that could not be read.
    undecodable
        Quarantined rows with bytes that their file's encoding does not have.
    mojibake, mojibake_example
        Articles that were decoded wrongly before they came here, and the first with its place and the two encodings.
    encodings
        What each file's text is kept in.
    unchanged
        Addresses whose feed has not changed since it was stored.
    unused_columns
        By file the columns that hold neither a field nor a category, each with what it might be.
    """

    read: int = 0
    stored: int = 0
    duplicates: int = 0
    quarantined: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    labels: int = 0
    bad_labels: list[str] = field(default_factory=list)
    label_notes: list[str] = field(default_factory=list)
    next: list[str] = field(default_factory=list)
    undated: int = 0
    unread_dates: int = 0
    undecodable: int = 0
    mojibake: int = 0
    mojibake_example: str = ""
    encodings: dict[str, str] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    unused_columns: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def fruitless(self) -> bool:
        """Whether rows were read and none of them is an article."""
        return bool(self.read) and self.quarantined == self.read


def ingest(
    home: Home, settings: Settings, files: Sequence[Path | str], options: ReadOptions = AS_FOUND, *, quiet: bool = False
) -> Ingested:
    """Read crawl files into the store; repeating it, or going on after a crash, stores nothing twice.

    Parameters
    ----------
    files
        Whatever `read_crawl` reads, and addresses of feeds, which are fetched only if they have changed.
    options
        What a person said about all of them.

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
            else:
                ingest_file(home, settings, file, options, done, quiet=quiet)
    return done


def ingest_file(
    home: Home, settings: Settings, file: Path, options: ReadOptions, done: Ingested, *, quiet: bool
) -> None:
    """Read one file into the store."""
    rows = read_crawl(file, settings.ingest.timezone, options=options)
    labels = CrawlLabels(ImportCall(file, options=options), settings.categories)
    with progress(f"ingest {file.name}", None, "rows", quiet=quiet) as advance:
        for chunk in chunks(rows):
            keep(home, file, chunk, labels, done, rows.notes.encoding)
            advance(len(chunk))
    done.bad_labels += labels.problems
    done.label_notes += labels.notes()
    done.next += labels.next
    done.encodings[file.name] = rows.notes.encoding
    if unused := {name: hint for name, hint in rows.notes.unused.items() if name not in labels.columns}:
        done.unused_columns[file.name] = unused


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


def keep(
    home: Home, file: Path, chunk: Sequence[Row], labels: CrawlLabels, done: Ingested, encoding: str = "utf-8"
) -> None:
    """Store one group of rows and count what became of them."""
    accepted = [as_exported(row) for row in chunk if isinstance(row, Accepted)]
    rejected = [row for row in chunk if isinstance(row, Rejected)]
    Quarantine(home.db).add(quarantine_table(file, rejected, encoding))
    opinions = labels.opinions(accepted)
    if opinions:
        done.labels += Labels(home.db).add(opinions_table(opinions), f"import:{file.name}")
    stored = Articles(home.db).add(*article_tables(file, accepted))
    done.read += len(chunk)
    done.stored += stored
    done.duplicates += len(accepted) - stored
    done.quarantined += len(rejected)
    for row in rejected:
        done.reasons[row.reason] = done.reasons.get(row.reason, 0) + 1
    done.undecodable += sum(row.reason == "undecodable bytes" for row in rejected)
    undated = [row.article for row in accepted if row.article.published_at is None]
    done.unread_dates += sum(bool(article.published_raw) for article in undated)
    done.undated += sum(not article.published_raw for article in undated)
    wrongly_decoded = list(damaged(file, accepted))
    done.mojibake += len(wrongly_decoded)
    done.mojibake_example = done.mojibake_example or next(iter(wrongly_decoded), "")


def as_exported(row: Accepted) -> Accepted:
    """A row of ``labels export`` without the marks that keep spreadsheets from taking a text for a formula."""
    article = restored(row.article, named_id(row.labels))
    return row if article is row.article else replace(row, article=article)


def damaged(file: Path, rows: Sequence[Accepted]) -> Iterator[str]:
    """Places of articles whose letters were read in a wrong encoding before they came here."""
    for row in rows:
        if damage := find_damage(row.article.text) or find_damage(row.article.title):
            yield f"{file.name}:{row.line}: {damage[0]} read as {damage[1]}"


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


def quarantine_table(file: Path, rows: Sequence[Rejected], encoding: str = "utf-8") -> pa.Table:
    """Rejected rows as the columns of the quarantine; the preview is for people, the raw bytes stay the file's."""
    return pa.table(
        {
            "key": pa.array([digest(file.name, str(row.line), row.raw.hex()) for row in rows], pa.string()),
            "file": pa.array([file.name] * len(rows), pa.string()),
            "line": pa.array([row.line for row in rows], pa.int64()),
            "reason": pa.array([row.reason for row in rows], pa.string()),
            "raw": pa.array([row.raw for row in rows], pa.large_binary()),
            "preview": pa.array(
                [row.raw[: 4 * PREVIEW_CHARACTERS].decode(encoding, "replace")[:PREVIEW_CHARACTERS] for row in rows],
                pa.string(),
            ),
        }
    )


def digest(*parts: str) -> str:
    """A key made of several strings, 32 hex digits."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
