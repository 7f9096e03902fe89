"""Lots: chance that is the same at every run, wherever a sample of articles is drawn."""

from __future__ import annotations

import hashlib


def lot(text: str) -> float:
    """Draw a number in [0, 1) that depends on nothing but the text."""
    return int(hashlib.sha256(f"sample:{text}".encode()).hexdigest()[:13], 16) / 16**13
