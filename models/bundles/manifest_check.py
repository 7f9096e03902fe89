"""Checking a manifest: read as the claim of a stranger, and refused with its first flaw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from models.bundles.manifest import FLAW, Manifest
from models.errors import ModelError
from models.fingerprint import fingerprint
from models.heads.files import GROUND_FILE, HEAD_FILE
from models.heads.kinds import files_of_kinds

PROTOCOL = 2
HEAD_PATH = re.compile(r"heads/([0-9a-f]{16})/([a-z.]+)")
DIGEST = re.compile(r"[0-9a-f]{64}")


def parse_manifest(content: bytes, where: str, cure: str) -> Manifest:
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
        facts = json.loads(content, parse_constant=refuse_constant)
        refuse_later(facts, where)
        manifest = Manifest.of(facts)
        flaw = next(contradictions(manifest), None)
    except ValidationError as error:
        flaw = first_flaw(error)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{where} is damaged: it is not a manifest; {cure}") from error
    if flaw:
        raise ModelError(f"{where} is damaged: {flaw}; {cure}")
    return manifest


def refuse_constant(name: str) -> float:
    """Refuse what Python reads and JSON does not have."""
    raise ValueError(f"{name} is not JSON")


def refuse_later(facts: object, where: str) -> None:
    """Refuse what a later version wrote, before any of it is read: this version cannot know what it means."""
    protocol = facts.get("protocol") if isinstance(facts, dict) else None
    if isinstance(protocol, int) and protocol > PROTOCOL:
        raise ModelError(f"{where} is of protocol {protocol}, this version reads up to {PROTOCOL}")


def bundle_id(facts: Mapping[str, Any]) -> str:
    """Name a bundle by its encoder, its views and its categories' titles, descriptions and heads."""
    shown = ["title", "fingerprint"] if facts["protocol"] == 1 else ["title", "description", "fingerprint"]
    heads = {key: [category[name] for name in shown] for key, category in facts["categories"].items()}
    named = {name: facts[name] for name in ("protocol", "encoder", "views")}
    return fingerprint({**named, "heads": heads})[:12]


def sealed(facts: Mapping[str, Any]) -> Manifest:
    """Make a manifest of its facts: with the protocol, the bundle's id, and a seal that shows any later change."""
    named = {"protocol": PROTOCOL, "id": "", **facts}
    named["id"] = bundle_id(named)
    return Manifest.of({**named, "seal": fingerprint(named)})


def contradictions(manifest: Manifest) -> Iterator[str]:
    """What is wrong although each part is of its type; id and seal are of the JSON, not of what was understood."""
    yield from foreign_files(manifest)
    facts = manifest.to_json()
    if manifest.id != bundle_id(facts):
        yield "its id is of another bundle"
    unsealed = {name: value for name, value in facts.items() if name != "seal"}
    if manifest.protocol > 1 and facts.get("seal") != fingerprint(unsealed):
        yield "it was changed after it was written"


def foreign_files(manifest: Manifest) -> Iterator[str]:
    """Files that are of no head of the bundle, and heads without their file."""
    heads, names = set(manifest.heads), {HEAD_FILE, GROUND_FILE} | files_of_kinds()
    for path, digest in manifest.files.items():
        parts = HEAD_PATH.fullmatch(path)
        if not parts or parts[1] not in heads or parts[2] not in names or not DIGEST.fullmatch(digest):
            yield f"{path!r} is no file of its heads"
    for name in heads:
        if f"heads/{name}/{HEAD_FILE}" not in manifest.files:
            yield f"the head {name!r} is not among its files"


def first_flaw(error: ValidationError) -> str:
    """The first thing that is missing or of another type, in words."""
    problem = error.errors(include_url=False)[0]
    if problem["type"] == FLAW:
        return problem["msg"]
    *above, name = problem["loc"] or (None,)
    if name is None or above == ["categories"]:
        return f"{part([*above, name])} is no object"
    return f"{part(above)} has no {name} of the right type"


def part(path: Sequence[object]) -> str:
    """A part of the manifest as a person finds it."""
    match path:
        case [] | [None]:
            return "it"
        case ["categories", key]:
            return f"category {key!r}"
        case ["categories", key, *rest]:
            return f"{'.'.join(map(str, rest))} of {key!r}"
    return ".".join(map(str, path))
