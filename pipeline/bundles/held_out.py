"""Held out: what any bundle's heads are worth on the same labelled test articles, measured now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.bundles.manifest import Manifest
from models.evaluation.metrics import BinaryMetrics, binary_metrics
from models.features import Features
from models.heads.files import load_head
from pipeline.embed.labelled import all_ids, labelled
from pipeline.embed.views import views_of
from pipeline.setup.home import Home


class HeldOut:
    """The labelled test articles of some categories.

    Their features are read once for each encoder, and each head is asked once, whatever number of bundles it is in.

    Parameters
    ----------
    categories
        Keys that the categories have now.
    """

    def __init__(self, home: Home, categories: Sequence[str]) -> None:
        self.home = home
        self.sets = {key: rows.test for key, rows in labelled(home, categories).items()}
        self.ids = all_ids(self.sets)
        self._features: dict[str, Features] = {}
        self._measured: dict[tuple[str, str], BinaryMetrics] = {}

    def tells(self, key: str) -> bool:
        """Whether a category has test articles both in it and outside, without which nothing ranks."""
        truth = self.sets[key].truth
        return bool(truth.any() and not truth.all())

    def measure(self, manifest: Manifest, key: str, now: str) -> BinaryMetrics:
        """Measure one head of a bundle.

        Parameters
        ----------
        key, now
            The category's key in the bundle and its key of now, by which it is labelled.

        Raises
        ------
        ModelError
            When the head is damaged.
        PipelineError, StoreError
            When the test articles have no features of the bundle's encoder.
        """
        head = manifest.categories[key].fingerprint
        if (head, now) not in self._measured:
            self._measured[head, now] = self._ask(manifest, head, now)
        return self._measured[head, now]

    def _ask(self, manifest: Manifest, name: str, now: str) -> BinaryMetrics:
        head, rows = load_head(self.home.path / "heads" / name), self.sets[now]
        names = self.ids.to_numpy(zero_copy_only=False).astype(str)
        features = self._read(manifest).take(np.searchsorted(names, rows.ids))
        probability = head.probability(features)
        return binary_metrics(rows.truth, probability, head.verdicts(features, probability) == "yes")

    def _read(self, manifest: Manifest) -> Features:
        encoder = manifest.views.dense
        if encoder not in self._features:
            self._features[encoder] = views_of(self.home, manifest).features(self.ids)
        return self._features[encoder]
