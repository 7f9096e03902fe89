"""Record: what a bundle says of every stored article, written for SQL."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.bundles.load import Bundle
from models.evaluation.answers import answers_of_heads
from pipeline.embed.views import Views
from pipeline.setup.home import Home
from store.predictions import SCHEMA, Predictions

CHUNK_ROWS = 20_000


def predict_all(home: Home, bundle: Bundle, views: Views) -> None:
    """Write the bundle's probabilities and verdicts of all embedded articles in place of those it had."""
    Predictions(home.db).replace(bundle.id, all_rows(bundle, views, views.vectors.ids()))


def predict_missing(home: Home, bundle: Bundle, views: Views) -> int:
    """Write them of the embedded articles that the bundle has said nothing of, those that came later.

    Returns
    -------
    int
        How many articles that were.
    """
    kept, ids = Predictions(home.db), views.vectors.ids()
    missing = ids.filter(pc.invert(pc.is_in(ids, kept.article_ids(bundle.id))))
    if len(missing):
        kept.add(all_rows(bundle, views, missing))
    return len(missing)


def all_rows(bundle: Bundle, views: Views, ids: pa.Array) -> pa.Table:
    """Probability and verdict of any number of articles, computed in parts that fit in memory."""
    chunks = [ids.slice(start, CHUNK_ROWS) for start in range(0, len(ids), CHUNK_ROWS)]
    return pa.concat_tables(rows_of(bundle, views, chunk) for chunk in chunks)


def rows_of(bundle: Bundle, views: Views, ids: pa.Array) -> pa.Table:
    """Probability and verdict of some articles, one row an article and category."""
    answers = answers_of_heads(bundle.heads, views.features(ids))
    keys = np.tile(list(bundle.heads), len(ids))
    columns = {
        "bundle": pa.array([bundle.id] * len(keys), pa.string()),
        "article_id": ids.take(pa.array(np.repeat(np.arange(len(ids)), len(bundle.heads)))),
        "category": pa.array(keys.tolist(), pa.string()),
        "probability": answers.probability.ravel().astype(np.float32),
        "verdict": pa.array(answers.verdicts.ravel().tolist(), pa.string()),
    }
    return pa.table(columns, schema=SCHEMA)
