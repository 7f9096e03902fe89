"""The parts of a manifest: its views, its categories with their heads, and the settings they were fitted under."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class ManifestPart(BaseModel):
    """A part of the manifest: frozen, no value taken for another type, parts of later versions passed over."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class ViewNames(ManifestPart):
    """The fingerprint of the encoder's vectors and the version of the lexical features."""

    dense: str
    lexical: str


class Cuts(ManifestPart):
    """The probability from which the verdict is yes, and that below which it is no."""

    yes: float
    no: float


class HeadFacts(ManifestPart):
    """Figures of the fit."""

    positives: int
    negatives: int
    cross_validated_average_precision: float


class BundledCategory(ManifestPart):
    """One category and its head.

    Parameters
    ----------
    fingerprint
        The head's folder under ``heads``.
    kind, params
        What the head is; early bundles did not say the parameters.
    labels
        Fingerprint of the labelled articles outside the test; None where an early bundle did not say.
    """

    title: str
    description: str
    fingerprint: str
    kind: str
    decision: Cuts
    facts: HeadFacts
    params: dict[str, Any] | None = None
    labels: str | None = None


class CommonPolicy(ManifestPart):
    """How thresholds were chosen where a category has no policy of its own."""

    precision: float


class BundledPolicy(ManifestPart):
    """How a category's thresholds were chosen; None stands for the common setting."""

    policy: str | None = None
    precision: float | None = None


class FittedUnder(ManifestPart):
    """The settings the heads were fitted under; ``policies`` are the categories' own, not said by early bundles."""

    split: dict[str, Any]
    train: dict[str, Any]
    threshold: CommonPolicy
    policies: dict[str, BundledPolicy] = {}
