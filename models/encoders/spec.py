"""The encoder's specification: everything that changes a vector, so that the cache never mixes two encoders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from models.errors import ModelError
from models.fingerprint import fingerprint

Precision = Literal["fp32", "bf16"]
DEFAULT_TEMPLATE = "{title}\n{text}"
TOKEN_LIMITS = (8, 2048)  # below 8 a headline is cut; 2,048 positions are what rubert-tiny2 has
FIELD = re.compile(r"\{(title|text)\}")
ANY_FIELD = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class EncoderSpec:
    """Which encoder, of which revision, reading what.

    Parameters
    ----------
    name
        What the user calls it: a name of `models.encoders.known`, a hub id or a folder.
    model
        Where it comes from: a hub id, an absolute folder, or the name of an encoder that is built here.
    revision
        What exactly it is: the hub's commit, or a fingerprint of the files.
    template
        What is embedded, with the fields ``{title}`` and ``{text}``.
    max_tokens
        Longer texts are cut, 8 to 2,048.
    precision
        ``fp32``, or ``bf16``: faster, cosine to fp32 above 0.999.

    Raises
    ------
    ModelError
        For a template without fields, a limit out of range or an unknown precision (exit 2).
    """

    name: str
    model: str
    revision: str
    template: str = DEFAULT_TEMPLATE
    max_tokens: int = 512
    precision: Precision = "fp32"

    def __post_init__(self) -> None:
        low, high = TOKEN_LIMITS
        if not FIELD.search(self.template):
            raise ModelError(f"template {self.template!r} has no field; use {{title}} and {{text}}", exit_code=2)
        strange = [name for name in ANY_FIELD.findall(self.template) if name not in {"title", "text"}]
        if strange:
            raise ModelError(
                f"template {self.template!r}: no field {strange[0]!r}; there are {{title}} and {{text}}", exit_code=2
            )
        if not low <= self.max_tokens <= high:
            raise ModelError(f"max_tokens {self.max_tokens} is out of range; allowed: {low} to {high}", exit_code=2)
        if self.precision not in get_args(Precision):
            allowed = ", ".join(get_args(Precision))
            raise ModelError(f"precision {self.precision!r} is unknown; known: {allowed}", exit_code=2)

    @property
    def is_folder(self) -> bool:
        """Whether the model is a folder of this machine."""
        return Path(self.model).is_absolute()

    @property
    def fingerprint(self) -> str:
        """16 hex digits that name the vectors: the same for the same vectors under any name."""
        # Every field is in it, a new one too: adding one makes all cached vectors another encoder's (law 1).
        changing = asdict(self)
        del changing["name"]  # a hub id and the short name for it are one encoder
        if self.is_folder:  # its revision is of its contents, and moving it changes no vector
            del changing["model"]
        return fingerprint(changing)

    def to_dict(self) -> dict[str, Any]:
        """The specification as JSON-able values, for the store and for manifests."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> EncoderSpec:
        """Read back what `to_dict` wrote.

        Raises
        ------
        ModelError
            For keys or types that no specification has (exit 2).
        """
        try:
            return cls(**values)
        except TypeError as error:
            raise ModelError(f"not an encoder's specification: {dict(values)} ({error})", exit_code=2) from error


def fill_template(template: str, title: str, text: str) -> str:
    """Put an article into the template; a field's own braces are never read as fields."""
    # `str.format` would read braces inside an article, and let `{title.__class__}` in a template reach into objects.
    fields = {"title": title, "text": text}
    return FIELD.sub(lambda field: fields[field[1]], template).strip()
