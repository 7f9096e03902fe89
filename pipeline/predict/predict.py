"""Predict: every row of a file gets its categories, probabilities and verdicts."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.bundles.open_bundle import open_bundle
from pipeline.crawl.options import AS_FOUND, ReadOptions
from pipeline.crawl.read import read_crawl
from pipeline.crawl.rows import Accepted
from pipeline.embed.fresh import FreshFeatures
from pipeline.ingest.ingest import chunks
from pipeline.predict.answer import answers, refusal
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.progress import Say

UNNAMED_SOURCE = "unnamed"


def predict(
    home: Home,
    settings: Settings,
    file: str,
    name: str | None,
    options: ReadOptions = AS_FOUND,
    *,
    say: Say = lambda line: None,
) -> Iterator[dict[str, Any]]:
    """Answer for every row of a file, in its order; a row that is no article comes out with its error.

    Parameters
    ----------
    file
        A crawl file, or ``-`` for JSON lines on standard input; rows need a text or a title, a source they may lack.
    name
        Bundle to ask; None asks the current one.
    options
        What a person said about the file.
    say
        Called once with a line if categories of the settings have no head in the bundle.

    Yields
    ------
    dict
        ``id, source, title, text, published_at, published_raw, categories: {KEY: {probability, verdict, threshold}}``
        with a ``reason`` where no threshold gave the verdict, and ``row``, the user's own fields as they came; those of
        other names than these stand beside them too. Or ``line, error, raw``.

    Raises
    ------
    ModelError
        When there is no such bundle, or it is damaged.
    PipelineError
        When the file as a whole cannot be read.
    """
    bundle = open_bundle(home, name or "current")
    if headless := [key for key in settings.categories if key not in bundle.heads]:
        say(f"no head in bundle {bundle.id}, so no answer: {', '.join(headless)}; see why: rubrika train")
    fresh = FreshFeatures(home, bundle.encoder, settings.encoder)
    with readable(file) as path:
        rows = read_crawl(path, settings.ingest.timezone, source=UNNAMED_SOURCE, titles_alone=True, options=options)
        for chunk in chunks(rows):
            accepted = [row for row in chunk if isinstance(row, Accepted)]
            features = fresh.of([row.article for row in accepted]) if accepted else None
            answered = iter(answers(bundle, accepted, features) if features else [])
            for row in chunk:
                yield next(answered) if isinstance(row, Accepted) else refusal(row)


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
