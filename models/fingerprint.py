"""Fingerprints: short names of content, so that what did not change is found again and what did is made anew."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

CHUNK_BYTES = 1 << 20  # files of weights are hundreds of megabytes


def fingerprint(value: object) -> str:
    """Name a JSON-able value: the first 16 hex digits of the SHA-256 of its canonical JSON."""
    # 64 bits: two of a million names are the same with a chance of 3 in 100 million, and paths stay readable.
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()[:16]


def canonical_json(value: object) -> str:
    """Write JSON that is the same for equal values: sorted keys, no spaces, NaN refused."""
    # NaN is refused, since it is not JSON: other readers would not find the same value again.
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def readable_json(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Write JSON for files that people read: indented, in the order given, Cyrillic as it is."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
