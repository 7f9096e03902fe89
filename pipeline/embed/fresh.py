"""Fresh features: those of articles that may not be in the store; what is cached is read, the rest computed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.arrays import Floats
from models.encoders.encode import Encoder
from models.encoders.load import load_encoder
from models.encoders.spec import EncoderSpec, fill_template
from models.features import Features
from models.lexical.counts import lexical_counts
from pipeline.crawl.article import Article
from pipeline.setup.home import Home
from pipeline.setup.settings import EncoderSettings
from store.encoders import Encoders
from store.vectors import Vectors


class FreshFeatures:
    """Features under one encoder, which is loaded when the first article comes that has no cached vector.

    Parameters
    ----------
    spec
        The encoder.
    settings
        Its device and batch size.
    """

    def __init__(self, home: Home, spec: EncoderSpec, settings: EncoderSettings) -> None:
        self.home, self.spec, self.settings = home, spec, settings

    @cached_property
    def encoder(self) -> Encoder:
        """The loaded encoder."""
        return load_encoder(
            self.spec,
            self.home.path / "encoders",
            device=self.settings.device,
            batch_tokens=self.settings.batch_tokens,
        )

    @cached_property
    def cache(self) -> Vectors:
        """The store's vectors of the encoder."""
        # The dimension of the store if it has one, since asking the encoder would load it.
        dim = Encoders(self.home.db).dim(self.spec.fingerprint) or self.encoder.dim
        return Vectors(self.home.db, self.spec.fingerprint, dim)

    def of(self, articles: Sequence[Article]) -> Features:
        """Features in the order of the articles."""
        counts = lexical_counts([f"{article.title}\n{article.text}" for article in articles])
        return Features(self.vectors(articles), counts)

    def vectors(self, articles: Sequence[Article]) -> Floats:
        """(n_articles, dim) float32, L2-normalised."""
        ids = pa.array([article.id for article in articles], pa.string())
        is_cached = pc.is_in(ids, value_set=self.cache.ids()).to_numpy(zero_copy_only=False)
        vectors = np.empty((len(articles), self.cache.dim), dtype=np.float32)
        if is_cached.any():
            cached = ids.filter(pa.array(is_cached))
            # One text may come twice in a file, and the table is read once for each id.
            distinct = cached.unique()
            vectors[is_cached] = self.cache.get(distinct)[pc.index_in(cached, distinct).to_numpy()]
        new = [article for article, has_vector in zip(articles, is_cached, strict=True) if not has_vector]
        if new:
            texts = [fill_template(self.spec.template, article.title, article.text) for article in new]
            vectors[~is_cached] = self.encoder.encode(texts)
        return vectors
