"""The manifest: what a bundle consists of and where it came from, typed; its JSON is the file format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PrivateAttr
from pydantic_core import PydanticCustomError

from models.bundles.manifest_parts import BundledCategory, BundledPolicy, FittedUnder, ManifestPart, ViewNames
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
