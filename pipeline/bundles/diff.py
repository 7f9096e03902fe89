"""The difference of two bundles: categories, heads, encoder and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.bundles.manifest import Manifest
from pipeline.bundles.keys_of_now import by_key_of_now
from pipeline.bundles.open_bundle import open_manifest
from pipeline.bundles.saved_evaluation import category_precision, read_evaluation
from pipeline.setup.home import Home

Pair = tuple[Any, Any]
CAUSES = {"labels", "kind", "params"}  # the rest that differs of a head follows from these, or from settings


@dataclass(frozen=True)
class Difference:
    """What changed from one bundle to another; pairs are (before, after).

    Parameters
    ----------
    before, after
        The bundles.
    added, removed
        Categories that only one of them has.
    renamed
        Keys of categories that were renamed in between.
    retitled
        Category → titles, where they differ.
    changed
        Category → what differs of its head: kind, parameters, labels, threshold, average precision.
    same
        Categories whose head is the same.
    encoder, settings
        What differs of them, by key.
    """

    before: str
    after: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: Mapping[str, str]
    retitled: Mapping[str, Pair]
    changed: Mapping[str, Mapping[str, Pair]]
    same: tuple[str, ...]
    encoder: Mapping[str, Pair]
    settings: Mapping[str, Pair]

    @property
    def summary(self) -> str:
        """One line for people."""
        parts = [f"+{key}" for key in self.added] + [f"−{key}" for key in self.removed]
        parts += [f"{old} → {new}" for old, new in self.renamed.items()]
        parts += [f"{key}: title" for key in self.retitled]
        parts += [
            f"{key}: {', '.join(sorted(CAUSES & changes.keys())) or 'settings'}"
            for key, changes in self.changed.items()
        ]
        parts += ["another encoder"] if self.encoder else []
        return "; ".join(parts) or "nothing"


def diff(home: Home, before: str, after: str) -> Difference:
    """Compare two bundles.

    Parameters
    ----------
    before, after
        Ids, their first digits, ``current`` or ``newest``.

    Raises
    ------
    ModelError
        When there is no such bundle, or its manifest is damaged.
    """
    return difference(home, open_manifest(home, before), open_manifest(home, after))


def difference(home: Home, before: Manifest, after: Manifest) -> Difference:
    """Compare two manifests."""
    keys_before, keys_after = by_key_of_now(home, before), by_key_of_now(home, after)
    common = {keys_after[now]: keys_before[now] for now in keys_after if now in keys_before}
    facts_before, facts_after = facts_of_heads(home, before), facts_of_heads(home, after)
    heads = {key: (before.categories[old], after.categories[key]) for key, old in common.items()}
    same = tuple(key for key, (old, new) in heads.items() if old.fingerprint == new.fingerprint)
    return Difference(
        before.id,
        after.id,
        tuple(key for now, key in keys_after.items() if now not in keys_before),
        tuple(key for now, key in keys_before.items() if now not in keys_after),
        {old: key for key, old in common.items() if key != old},
        {key: (old.title, new.title) for key, (old, new) in heads.items() if old.title != new.title},
        {key: differing(facts_before[old], facts_after[key]) for key, old in common.items() if key not in same},
        same,
        differing(before.encoder.to_dict(), after.encoder.to_dict()),
        differing(flat(before.to_json()["settings"]), flat(after.to_json()["settings"])),
    )


def facts_of_heads(home: Home, manifest: Manifest) -> dict[str, dict[str, Any]]:
    """Of each head what is worth comparing; the test figure is of its bundle's last evaluation."""
    evaluation = read_evaluation(home, manifest.id)
    return {
        key: {
            "kind": category.kind,
            "params": category.params,
            "labels": category.labels,
            "positives": category.facts.positives,
            "negatives": category.facts.negatives,
            "threshold": category.decision.yes,
            "cross_validated_average_precision": category.facts.cross_validated_average_precision,
            "test_average_precision": category_precision(evaluation, key),
        }
        for key, category in manifest.categories.items()
    }


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Pair]:
    """What two mappings say differently."""
    keys = [*before, *(key for key in after if key not in before)]
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def flat(settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Settings as ``section.key`` → value."""
    return {f"{section}.{key}": value for section, values in settings.items() for key, value in values.items()}
