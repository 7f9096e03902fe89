"""ONNX export: a bundle as one file for other languages, written only when it answers what the heads answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.bundles.load import Bundle
from models.bundles.probe import probe_features, require_usable
from models.features import Features
from models.files import write_atomically
from models.onnx.check import verify
from models.onnx.export import to_onnx
from pipeline.bundles.archive import refuse_existing
from pipeline.bundles.open_bundle import open_bundle
from pipeline.embed.views import views_of
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home

ARTICLES = 64


@dataclass(frozen=True)
class ExportedOnnx:
    """The ONNX file of a bundle.

    Parameters
    ----------
    size
        Bytes.
    articles, difference
        On how many articles it was compared with the heads, and the largest difference of a probability.
    """

    bundle: str
    file: Path
    size: int
    articles: int
    difference: float


def export_onnx(home: Home, name: str, file: Path) -> ExportedOnnx:
    """Write a bundle as one ONNX file; docs/onnx.md describes its inputs.

    Raises
    ------
    ModelError
        When there is no such bundle, it is damaged, the extra ``onnx`` is not installed, or the graph's probabilities
        are not the heads'.
    PipelineError
        When the file exists (exit code 2).
    """
    refuse_existing(file)
    bundle = open_bundle(home, name)
    require_usable(bundle.heads, f"bundle {bundle.id}")
    content = to_onnx(bundle).SerializeToString()
    features = sample(home, bundle)
    difference = verify(content, bundle.heads, features)
    write_atomically(file, content)
    return ExportedOnnx(bundle.id, file, len(content), len(features), difference)


def sample(home: Home, bundle: Bundle) -> Features:
    """Features of some stored articles; of made-up ones where the store has none of the bundle's encoder."""
    made_up = probe_features(bundle.dim, ARTICLES)
    try:
        views = views_of(home, bundle.manifest)
    except PipelineError:
        return made_up
    ids = views.vectors.ids()[:ARTICLES]
    return views.features(ids) if len(ids) else made_up
