"""Short texts: the labelled articles as benchmarks take them, cut to headlines or kept to some sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.features import Features
from models.lexical.counts import lexical_counts
from pipeline.embed.corpus import Corpus
from pipeline.embed.fresh import FreshFeatures
from pipeline.embed.views import open_views
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings


@dataclass(frozen=True)
class Short:
    """Labelled articles without what only reports need.

    Parameters
    ----------
    texts
        Title and text of n articles.
    truth
        (n, n_categories) float64, NaN where unknown.
    clusters, sources
        (n,) str.
    features
        The views of those texts.
    """

    texts: list[str]
    truth: npt.NDArray[np.float64]
    clusters: npt.NDArray[np.str_]
    sources: npt.NDArray[np.str_]
    features: Features


def shortened_texts(home: Home, settings: Settings, corpus: Corpus, characters: int) -> Short:
    """Keep that many characters of every article and make its views again; 0 keeps all and what is cached."""
    sources = np.array(corpus.articles["source"].to_pylist())
    whole = Short(corpus.texts(), corpus.truth, corpus.clusters, sources, corpus.features)
    if not characters:
        return whole
    texts = [text.strip()[:characters] for text in whole.texts]
    # Encoded again, since a headline has another vector than its article; nothing of this is kept.
    encoder = FreshFeatures(home, open_views(home).spec, settings.encoder).encoder
    return replace(whole, texts=texts, features=Features(encoder.encode(texts), lexical_counts(texts)))


def of_source(corpus: Short, word: str) -> Short:
    """Keep the articles of sources whose name contains a word."""
    rows = np.array([row for row, source in enumerate(corpus.sources) if word in source], dtype=np.intp)
    return Short(
        [corpus.texts[row] for row in rows],
        corpus.truth[rows],
        corpus.clusters[rows],
        corpus.sources[rows],
        corpus.features.take(rows),
    )
