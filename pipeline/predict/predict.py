"""Predict: every row of a file gets its categories, probabilities and verdicts."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.bundles.load import Bundle
from models.features import Features
from pipeline.bundles.open_bundle import open_bundle
from pipeline.crawl.options import AS_FOUND, ReadOptions
from pipeline.crawl.read import read_crawl
from pipeline.crawl.rows import Accepted
from pipeline.embed.fresh import FreshFeatures
from pipeline.ingest.ingest import chunks
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings

UNNAMED_SOURCE = "unnamed"


def predict(
    home: Home, settings: Settings, file: str, name: str | None, options: ReadOptions = AS_FOUND
) -> Iterator[dict[str, Any]]:
    """Answer for every row of a file, in its order; a row that is no article comes out with its error.

    Parameters
    ----------
    file
        A crawl file, or ``-`` for JSON lines on standard input; rows need a text, a source they may lack.
    name
        Bundle to ask; None asks the current one.
    options
        What a person said about the file.

    Yields
    ------
    dict
        The row's other columns, then ``id, source, title, text, published_at, published_raw, categories: {KEY:
        {probability, verdict, threshold}}``; or ``line, error, raw``.

    Raises
    ------
    ModelError
        When there is no such bundle, or it is damaged.
    PipelineError
        When the file as a whole cannot be read.
    """
    bundle = open_bundle(home, name or "current")
    fresh = FreshFeatures(home, bundle.encoder, settings.encoder)
    with readable(file) as path:
        for chunk in chunks(read_crawl(path, settings.ingest.timezone, source=UNNAMED_SOURCE, options=options)):
            accepted = [row for row in chunk if isinstance(row, Accepted)]
            articles = [row.article for row in accepted]
            answers = iter(answer(bundle, accepted, fresh.of(articles)) if articles else [])
            for row in chunk:
                if isinstance(row, Accepted):
                    yield next(answers)
                else:
                    yield {"line": row.line, "error": row.reason, "raw": row.raw}


@contextmanager
def readable(file: str) -> Iterator[Path]:
    """A path to read: the file itself, or a copy of standard input as JSON lines."""
    if file != "-":
        yield Path(file)
        return
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        spool.flush()
        try:
            yield Path(spool.name)
        except PipelineError as error:
            raise PipelineError(str(error).replace(spool.name, "standard input"), error.exit_code) from error


def answer(bundle: Bundle, rows: Sequence[Accepted], features: Features) -> Iterator[dict[str, Any]]:
    """One answer a row, behind the row's own columns."""
    probability = {key: head.probability(features) for key, head in bundle.heads.items()}
    verdicts = {key: head.decision.verdicts(probability[key]) for key, head in bundle.heads.items()}
    for place, row in enumerate(rows):
        categories = {
            key: {
                "probability": round(float(probability[key][place]), 6),
                "verdict": str(verdicts[key][place]),
                "threshold": head.decision.yes,
            }
            for key, head in bundle.heads.items()
        }
        article = row.article
        yield {
            **row.labels,
            "id": article.id,
            "source": article.source,
            "title": article.title,
            "text": article.text,
            "published_at": article.published_at,
            "published_raw": article.published_raw,
            "categories": categories,
        }
