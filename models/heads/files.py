"""A head's files: arrays and JSON in a folder named by its fingerprint, never a pickle."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from models.calibration import Platt
from models.errors import ModelError
from models.fingerprint import readable_json
from models.ground import NO_GROUND, Ground
from models.heads.candidates import Candidate
from models.heads.head import PROTOCOL, Head
from models.heads.kinds import KINDS, kind_named, unknown_kind
from models.thresholds import Decision

HEAD_FILE = "head.json"
GROUND_FILE = "ground.safetensors"


def save_head(head: Head, folder: Path) -> None:
    """Write a head whole or not at all; a folder that is there already is left as it is."""
    if folder.exists():
        return
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    (draft / HEAD_FILE).write_text(readable_json(describe(head)), encoding="utf-8")
    head.scorer.save(draft)
    save_ground(head.ground, draft)
    try:
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft)
        if not folder.exists():
            raise


def describe(head: Head) -> dict[str, Any]:
    """Everything of a head but its arrays, as JSON."""
    return {
        "protocol": PROTOCOL,
        "kind": head.candidate.kind,
        "params": dict(sorted(head.candidate.params.items())),
        "calibrator": asdict(head.calibrator),
        "decision": asdict(head.decision),
        "band": asdict(head.band),
        "facts": dict(head.facts),
    }


def load_head(folder: Path) -> Head:
    """Read a head back.

    Raises
    ------
    ModelError
        When a file is missing, damaged, or of a protocol this version does not read.
    """
    try:
        facts = json.loads((folder / HEAD_FILE).read_text(encoding="utf-8"))
        refuse_later(facts, folder)
        scorer = kind_named(facts["kind"]).load(folder)
        return Head(
            Candidate(facts["kind"], facts["params"]),
            scorer,
            Platt(**reals(facts["calibrator"])),
            Decision(**reals(facts["decision"])),
            Decision(**reals(facts["band"])),
            facts["facts"],
            load_ground(folder, scorer.dim),
        )
    except (OSError, ValueError, LookupError, TypeError, RecursionError, SafetensorError) as error:
        raise ModelError(
            f"the head in {folder} is damaged ({error}); remove that folder and train it again: rubrika train"
        ) from error


def save_ground(ground: Ground, folder: Path) -> None:
    """Write where a head was taught beside it; nothing where nothing is known."""
    if len(ground.vectors):
        arrays = {"vectors": ground.vectors, "floor": np.array(ground.floor, dtype=np.float64)}
        save_file(arrays, folder / GROUND_FILE)


def load_ground(folder: Path, dim: int) -> Ground:
    """Read where a head was taught, as a stranger may have written it; heads of earlier versions do not say."""
    if not (folder / GROUND_FILE).exists():
        return NO_GROUND
    arrays = load_file(folder / GROUND_FILE)
    vectors, floor = arrays["vectors"], arrays["floor"]
    if vectors.shape[1:] != (dim,) or vectors.dtype != np.float16 or floor.shape or not np.isfinite(vectors).all():
        raise ValueError(f"{GROUND_FILE} holds no vectors of {dim} components and their floor")
    return Ground(vectors, float(floor))


def refuse_later(facts: Mapping[str, Any], folder: Path) -> None:
    """Refuse what a later version wrote: another protocol, or a kind of head that this version does not have."""
    if facts["protocol"] > PROTOCOL:
        raise ModelError(f"{folder} is of protocol {facts['protocol']}, this version reads up to {PROTOCOL}; upgrade")
    if facts["kind"] not in KINDS:
        raise ModelError(f"{folder}: {unknown_kind(str(facts['kind']))}; upgrade")


def reals(values: Mapping[str, Any]) -> dict[str, float]:
    """Numbers that JSON holds; anything else is refused."""
    return {name: float(value) for name, value in dict(values).items()}
