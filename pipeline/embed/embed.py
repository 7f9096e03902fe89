"""Embed: every article becomes a vector and lexical counts, once; only what is missing is computed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from models.encoders.choose import choose_encoder
from models.encoders.known import template_for
from models.encoders.spec import EncoderSpec, fill_template
from models.lexical.counts import lexical_counts
from pipeline.embed.split import split_articles
from pipeline.embed.views import open_lexical
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import EncoderSettings, Settings
from pipeline.show.progress import progress
from store.articles import Articles
from store.encoders import Encoders
from store.vectors import Vectors

WINDOW_ROWS = 256  # what a killed run loses at most, and enough for batches of like lengths
Say = Callable[[str], None]


@dataclass(frozen=True)
class Embedded:
    """What was done: articles embedded now, articles that had their vector, and the speed."""

    encoder: str
    embedded: int
    cached: int
    articles_per_second: float


def embed(home: Home, settings: Settings, say: Say, *, quiet: bool = False) -> Embedded:
    """Compute the vectors and lexical counts that are missing, then put new articles into clusters and parts.

    Written window by window: an interrupted run goes on where it stopped.

    Parameters
    ----------
    say
        Called with the line that tells which encoder was chosen and why.

    Raises
    ------
    PipelineError
        When the store holds no articles.
    """
    articles = Articles(home.db)
    total = articles.count()
    if not total:
        raise PipelineError(f"no articles in {home.path} yet; run: rubrika ingest FILE")
    spec, dim = encoder_to_use(home, settings.encoder, say)
    # In this order: the split looks for near-duplicates in both views. What an interrupted run left out of any of the
    # three, the next one finds missing.
    embedded, seconds = embed_missing(home, articles, spec, dim, settings.encoder, quiet=quiet)
    count_missing(home, articles, quiet=quiet)
    split_articles(home, settings.split)
    return Embedded(spec.name, embedded, total - embedded, round(embedded / seconds, 1) if embedded else 0.0)


def encoder_to_use(home: Home, settings: EncoderSettings, say: Say) -> tuple[EncoderSpec, int | None]:
    """Return the store's encoder, or the one the settings ask for when they changed on purpose; dim if known."""
    current = Encoders(home.db).current()
    remembered = EncoderSpec.from_dict(current[0]) if current else None
    if current and remembered and stays(remembered, settings):
        return remembered, current[1]
    # `auto` means the encoder that was chosen at the first embed: else a hub that is down for a day would change it.
    name = remembered.name if remembered and settings.name == "auto" else settings.name
    spec, message = choose_encoder(name, revision=settings.revision, **options(settings))
    if message:
        say(message)
    return spec, current[1] if current and spec == remembered else None


def stays(remembered: EncoderSpec, settings: EncoderSettings) -> bool:
    """Tell whether the settings still mean the remembered encoder; a named folder is always looked at again."""
    same_name = settings.name == "auto" or (settings.name == remembered.name and not remembered.is_folder)
    same_revision = settings.revision in {"", remembered.revision}
    read_so = {**options(settings), "template": template_for(remembered.name, settings.template)}
    same_options = all(getattr(remembered, key) == value for key, value in read_so.items())
    return same_name and same_revision and same_options


def options(settings: EncoderSettings) -> dict[str, Any]:
    """The settings that change a vector besides the encoder itself."""
    return {"template": settings.template, "max_tokens": settings.max_tokens, "precision": settings.precision}


def embed_missing(
    home: Home, articles: Articles, spec: EncoderSpec, dim: int | None, settings: EncoderSettings, *, quiet: bool
) -> tuple[int, float]:
    """Embed the articles without a vector; the encoder is loaded only when there are any.

    Returns
    -------
    int, float
        Articles embedded, and the seconds that took without loading the encoder.
    """
    cached = Vectors(home.db, spec.fingerprint, dim).ids() if dim else pa.array([], pa.string())
    missing = articles.count() - len(cached)
    if dim and not missing:
        return 0, 0.0
    # Imported only now: torch and its libraries take 4 to 6 seconds, and mostly there is nothing to embed.
    from models.encoders.load import load_encoder

    encoder = load_encoder(spec, home.path / "encoders", device=settings.device, batch_tokens=settings.batch_tokens)
    vectors = Vectors(home.db, spec.fingerprint, encoder.dim)
    # Written before the first vector: even if the run is killed, the store knows whose vectors it holds.
    Encoders(home.db).choose(spec.fingerprint, spec.to_dict(), encoder.dim)
    embedded = 0
    started = time.perf_counter()
    with progress(f"embed {spec.name}", missing, "articles", quiet=quiet) as advance:
        for ids, titles, texts in windows(articles, vectors.ids()):
            rendered = [fill_template(spec.template, title, text) for title, text in zip(titles, texts, strict=True)]
            embedded += vectors.add(ids, encoder.encode(rendered))
            advance(len(ids))
    return embedded, time.perf_counter() - started


def count_missing(home: Home, articles: Articles, *, quiet: bool) -> None:
    """Count the n-grams of the articles that have no lexical features."""
    lexical = open_lexical(home)
    counted = lexical.ids()
    missing = articles.count() - len(counted)
    if not missing:
        return
    with progress("lexical view", missing, "articles", quiet=quiet) as advance:
        for ids, titles, texts in windows(articles, counted):
            lexical.add(ids, lexical_counts([f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]))
            advance(len(ids))


def windows(articles: Articles, have: pa.Array) -> Iterator[tuple[pa.Array, list[str], list[str]]]:
    """Ids, titles and texts of the articles that are not among ``have``, ``WINDOW_ROWS`` at most at a time."""
    for batch in articles.batches(["title", "text"], missing_from=have):
        for start in range(0, batch.num_rows, WINDOW_ROWS):
            window = batch.slice(start, WINDOW_ROWS)
            yield window["id"], window["title"].to_pylist(), window["text"].to_pylist()
