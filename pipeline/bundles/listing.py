"""Bundles: which there are, and what one of them consists of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.bundles.manifest import Manifest
from models.bundles.manifests import bundle_folder, check_files, read_manifests
from models.bundles.names import current_name, newest_name
from models.bundles.serving import Promotion, promotions
from models.errors import ModelError
from models.evaluation.evaluation import Evaluation
from pipeline.bundles.card import CARD_FILE
from pipeline.bundles.open_bundle import open_manifest
from pipeline.bundles.saved_evaluation import macro_precision, read_evaluation
from pipeline.setup.home import Home


@dataclass(frozen=True)
class ListedBundle:
    """One bundle in the list.

    Parameters
    ----------
    id, created_at
        Its name and when it was trained, ISO 8601 in UTC.
    categories
        Its category keys.
    macro_average_precision
        On the test part when it was last evaluated, or None.
    current, newest
        Whether it serves, and whether it was trained last.
    problem
        Why it cannot be read; empty when it can.
    """

    id: str
    created_at: str
    categories: tuple[str, ...]
    macro_average_precision: float | None
    current: bool
    newest: bool
    problem: str = ""


@dataclass(frozen=True)
class Shown:
    """One bundle.

    Parameters
    ----------
    manifest
        What it consists of.
    evaluation
        Its figures on the test part, or None.
    card
        Where its model card is.
    problem
        Which of its files is damaged; empty when none is.
    promotions
        When it began to serve, and after which bundle.
    """

    manifest: Manifest
    evaluation: Evaluation | None
    current: bool
    card: Path
    problem: str
    promotions: tuple[Promotion, ...]


def list_bundles(home: Home) -> list[ListedBundle]:
    """All bundles, oldest first; one that cannot be read is listed with the reason."""
    manifests, problems = read_manifests(home.path)
    current = current_name(home.path)
    newest = newest_name(home.path)
    damaged = [ListedBundle(name, "", (), None, name == current, name == newest, why) for name, why in problems.items()]
    return damaged + [
        ListedBundle(
            name,
            manifest.created_at,
            tuple(manifest.categories),
            macro_precision(read_evaluation(home, name)),
            name == current,
            name == newest,
        )
        for name, manifest in manifests.items()
    ]


def show_bundle(home: Home, name: str) -> Shown:
    """One bundle with its figures and its time of service.

    Raises
    ------
    ModelError
        When there is no such bundle, or its manifest is damaged.
    """
    manifest = open_manifest(home, name)
    return Shown(
        manifest,
        read_evaluation(home, manifest.id),
        current_name(home.path) == manifest.id,
        bundle_folder(home.path, manifest.id) / CARD_FILE,
        problem_of(home.path, manifest),
        tuple(promotion for promotion in promotions(home.path) if promotion.after == manifest.id),
    )


def problem_of(home: Path, manifest: Manifest) -> str:
    """What is wrong with a bundle's files, empty when nothing is."""
    try:
        check_files(home, manifest)
    except ModelError as error:
        return str(error)
    return ""
