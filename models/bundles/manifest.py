"""The manifest: what a bundle consists of and where it came from, typed; its JSON is the file format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PrivateAttr
from pydantic_core import PydanticCustomError

from models.encoders.spec import EncoderSpec
from models.errors import ModelError

FLAW = "flaw"  # the type of errors whose message is the whole sentence


def flawed(sentence: str) -> PydanticCustomError:
    """An error that says by itself what is wrong."""
    return PydanticCustomError(FLAW, "{sentence}", {"sentence": sentence})


def ever_was(protocol: int) -> int:
    """Refuse a protocol that no version wrote; later ones are refused before anything else is read."""
    if protocol < 1:
        raise flawed(f"protocol {protocol} never was")
    return protocol


def moment_with_zone(text: str) -> str:
    """Refuse what is no time in ISO 8601 with its zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise flawed(f"{text!r} is no time")
    return text


def read_encoder(values: object) -> object:
    """Read the encoder's specification, which checks itself."""
    try:
        return EncoderSpec.from_dict(values) if isinstance(values, dict) else values
    except ModelError as error:
        raise flawed(f"its encoder is unknown ({error})") from error


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


class Manifest(ManifestPart):
    """What a bundle consists of.

    Parameters
    ----------
    id
        Fingerprint of its encoder, views and categories.
    created_at
        ISO 8601 with its zone.
    files
        SHA-256 of every file of its heads, by path under the home.
    libraries
        The versions it was made with.
    """

    protocol: Annotated[int, AfterValidator(ever_was)]
    id: str
    created_at: Annotated[str, AfterValidator(moment_with_zone)]
    encoder: Annotated[EncoderSpec, BeforeValidator(read_encoder)]
    views: ViewNames
    categories: dict[str, BundledCategory]
    files: dict[str, str]
    libraries: dict[str, str]
    settings: FittedUnder
    _facts: Mapping[str, Any] = PrivateAttr(default_factory=dict)

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Manifest:
        """Type a manifest's JSON.

        Raises
        ------
        pydantic.ValidationError
            When a part is missing or of another type.
        """
        manifest = cls.model_validate(facts)
        manifest._facts = facts
        return manifest

    def to_json(self) -> Mapping[str, Any]:
        """The JSON it was read from, whole, in its order: id and seal are of this, unknown parts included."""
        return self._facts

    def under(self, keys: Mapping[str, str]) -> Manifest:
        """The same bundle with its categories under other keys; its JSON stays what the file holds."""
        policies = {keys.get(key, key): policy for key, policy in self.settings.policies.items()}
        return self.model_copy(
            update={
                "categories": {keys[key]: category for key, category in self.categories.items()},
                "settings": self.settings.model_copy(update={"policies": policies}),
            }
        )

    def made_for(self, views: Mapping[str, Any]) -> bool:
        """Whether its heads read these views, given by the names that `ViewNames` holds."""
        return bool(self._facts["views"] == views)

    @property
    def created(self) -> datetime:
        """When it was trained."""
        return datetime.fromisoformat(self.created_at)

    @property
    def titles(self) -> dict[str, str]:
        """Category → title."""
        return {key: category.title for key, category in self.categories.items()}

    @property
    def heads(self) -> list[str]:
        """The fingerprints of its heads, each once, in the order of the categories."""
        return list(dict.fromkeys(category.fingerprint for category in self.categories.values()))

    @property
    def promised(self) -> dict[str, float]:
        """Category → the precision promised for it, in (0, 1): its own where it has one, else the common one."""
        own = {key: self.settings.policies.get(key, BundledPolicy()).precision for key in self.categories}
        return {key: precision or self.settings.threshold.precision for key, precision in own.items()}
