"""Views: the cached representations of articles in this home, opened and read side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from models.bundles.manifest import Manifest
from models.encoders.spec import EncoderSpec
from models.features import Features
from models.lexical.counts import BLOCKS, PROTOCOL
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from store.encoders import Encoders
from store.lexical import Lexical
from store.vectors import Vectors


@dataclass(frozen=True)
class Views:
    """The dense and the lexical view of the store's current encoder.

    Parameters
    ----------
    spec
        The encoder the vectors are of.
    """

    spec: EncoderSpec
    vectors: Vectors
    lexical: Lexical

    def features(self, ids: pa.Array) -> Features:
        """Read the features of articles, in the order of ``ids``."""
        return Features(self.vectors.get(ids), self.lexical.get(ids))

    def identity(self) -> dict[str, Any]:
        """What names the views in fingerprints: changed vectors or counts are another view."""
        return {"dense": self.spec.fingerprint, "lexical": PROTOCOL}


def open_lexical(home: Home) -> Lexical:
    """Open the table of lexical counts."""
    return Lexical(home.db, PROTOCOL, BLOCKS)


def open_views(home: Home) -> Views:
    """Open the views of the encoder that the store was embedded with.

    Raises
    ------
    PipelineError
        When nothing has been embedded yet.
    """
    current = Encoders(home.db).current()
    if current is None:
        raise PipelineError(f"nothing is embedded in {home.path} yet; run: rubrika ingest FILE && rubrika embed")
    spec, dim = EncoderSpec.from_dict(current[0]), current[1]
    return Views(spec, Vectors(home.db, spec.fingerprint, dim), open_lexical(home))


def views_of(home: Home, manifest: Manifest) -> Views:
    """Open the views that a bundle was made with, also when the store's current encoder is another.

    Raises
    ------
    PipelineError
        When the store has none of them.
    """
    # By the fingerprints in the manifest, not by the store's current encoder: a bundle serves on after a change.
    made_with = manifest.views
    dim = Encoders(home.db).dim(made_with.dense)
    if dim is None or made_with.lexical != PROTOCOL:
        lacking = f"lexical features of version {made_with.lexical}"
        what = f"the encoder {manifest.encoder.name}" if dim is None else lacking
        raise PipelineError(
            f"bundle {manifest.id} was made with {what}, and no article in {home.path} has those; "
            "train one that fits: rubrika embed && rubrika train"
        )
    return Views(manifest.encoder, Vectors(home.db, made_with.dense, dim), open_lexical(home))
