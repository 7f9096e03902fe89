"""Checking a manifest: read as the claim of a stranger, and refused with its first flaw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import UnionType
from typing import Any

from models.encoders.spec import EncoderSpec
from models.errors import ModelError
from models.fingerprint import fingerprint

PROTOCOL = 2
HEAD_PATH = re.compile(r"heads/([0-9a-f]{16})/(head\.json|weights\.safetensors|model\.txt)")
DIGEST = re.compile(r"[0-9a-f]{64}")

Fields = Mapping[str, type | UnionType]
FIELDS: Fields = {
    "protocol": int,
    "id": str,
    "created_at": str,
    "encoder": dict,
    "views": dict,
    "categories": dict,
    "files": dict,
    "libraries": dict,
    "settings": dict,
}
VIEWS_FIELDS: Fields = {"dense": str, "lexical": str}
SETTINGS_FIELDS: Fields = {"split": dict, "train": dict, "threshold": dict}
CATEGORY_FIELDS: Fields = {
    "title": str,
    "description": str,
    "fingerprint": str,
    "kind": str,
    "decision": dict,
    "facts": dict,
}
DECISION_FIELDS: Fields = {"yes": float | int, "no": float | int}
FACTS_FIELDS: Fields = {"positives": int, "negatives": int, "cross_validated_average_precision": float | int}


def parse_manifest(content: bytes, where: str, cure: str) -> dict[str, Any]:
    """Read a manifest's bytes, of this protocol or an earlier one.

    Parameters
    ----------
    where, cure
        What the bytes are of and what to do when they are damaged, for the error.

    Raises
    ------
    ModelError
        When they are damaged, foreign or of a later protocol.
    """
    try:
        manifest: dict[str, Any] = json.loads(content, parse_constant=refuse_constant)
        later = isinstance(manifest, dict) and isinstance(manifest.get("protocol"), int)
        if later and manifest["protocol"] > PROTOCOL:
            raise ModelError(f"{where} is of protocol {manifest['protocol']}, this version reads up to {PROTOCOL}")
        flaw = next(flaws(manifest), None)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{where} is damaged: it is not a manifest; {cure}") from error
    if flaw:
        raise ModelError(f"{where} is damaged: {flaw}; {cure}")
    return manifest


def refuse_constant(name: str) -> float:
    """Refuse what Python reads and JSON does not have."""
    raise ValueError(f"{name} is not JSON")


def bundle_id(manifest: Mapping[str, Any]) -> str:
    """Name a bundle by its encoder, its views and its categories' titles, descriptions and heads."""
    shown = ["title", "fingerprint"] if manifest["protocol"] == 1 else ["title", "description", "fingerprint"]
    heads = {key: [said[name] for name in shown] for key, said in manifest["categories"].items()}
    named = {name: manifest[name] for name in ("protocol", "encoder", "views")}
    return fingerprint({**named, "heads": heads})[:12]


def sealed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make a manifest of its facts: with the protocol, the bundle's id, and a seal that shows any later change."""
    manifest = {"protocol": PROTOCOL, "id": "", **facts}
    manifest["id"] = bundle_id(manifest)
    return {**manifest, "seal": fingerprint(manifest)}


def flaws(manifest: dict[str, Any]) -> Iterator[str]:
    """Everything wrong with what was read; later checks rely on the earlier ones."""
    yield from misfits(manifest, FIELDS, "it")
    if manifest["protocol"] < 1:
        yield f"protocol {manifest['protocol']} never was"
    if not is_moment(manifest["created_at"]):
        yield f"{manifest['created_at']!r} is no time"
    yield from misfits(manifest["views"], VIEWS_FIELDS, "views")
    yield from misfits(manifest["settings"], SETTINGS_FIELDS, "settings")
    yield from unknown_encoder(manifest["encoder"])
    for key, said in manifest["categories"].items():
        yield from misfits(said, CATEGORY_FIELDS, f"category {key!r}")
        yield from misfits(said["decision"], DECISION_FIELDS, f"decision of {key!r}")
        yield from misfits(said["facts"], FACTS_FIELDS, f"facts of {key!r}")
    yield from foreign_files(manifest)
    if manifest["id"] != bundle_id(manifest):
        yield "its id is of another bundle"
    unsealed = {name: value for name, value in manifest.items() if name != "seal"}
    if manifest["protocol"] > 1 and manifest.get("seal") != fingerprint(unsealed):
        yield "it was changed after it was written"


def is_moment(text: str) -> bool:
    """Whether a text is a time in ISO 8601 with its zone."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def foreign_files(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Files that are of no head of the bundle, and heads without their file."""
    heads = {said["fingerprint"] for said in manifest["categories"].values()}
    for path, digest in manifest["files"].items():
        found = HEAD_PATH.fullmatch(path)
        if not found or found[1] not in heads or not DIGEST.fullmatch(str(digest)):
            yield f"{path!r} is no file of its heads"
    for name in heads:
        if f"heads/{name}/head.json" not in manifest["files"]:
            yield f"the head {name!r} is not among its files"


def unknown_encoder(encoder: Mapping[str, Any]) -> Iterator[str]:
    """What the specification itself refuses."""
    try:
        EncoderSpec.from_dict(encoder)
    except (ModelError, TypeError) as error:
        yield f"its encoder is unknown ({error})"


def misfits(said: object, fields: Fields, what: str) -> Iterator[str]:
    """Fields that are missing or of another type."""
    if not isinstance(said, dict):
        yield f"{what} is no object"
        return
    for name, kind in fields.items():
        if not isinstance(said.get(name), kind):
            yield f"{what} has no {name} of the right type"
