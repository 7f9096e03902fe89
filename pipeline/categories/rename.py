"""Rename: a category gets another key or title and keeps its labels, head and history; nothing is trained again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.categories.keys import make_category, require_new
from pipeline.categories.settings_file import SettingsFile
from pipeline.setup.chosen_categories import require_category
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.setup.unfinished_rename import refuse_unfinished_rename
from store.audits import Audits
from store.choices import Choices
from store.generations import Generations
from store.labels import Labels
from store.metrics import Metrics
from store.predictions import Predictions
from store.renames import Renames
from store.review_candidates import ReviewCandidates


@dataclass(frozen=True)
class Renamed:
    """A category's key and title now, the key it had, and the opinions that are under its key."""

    key: str
    before: str
    title: str
    labels: int


def rename_category(
    home: Home, settings: Settings, file: Path, key: str, new: str | None, title: str | None
) -> Renamed:
    """Change a category's key, its title, or both.

    The store is moved first and the settings file is written last: when this is interrupted, the same call finishes it.

    Parameters
    ----------
    file
        The settings file.
    new
        The new key; None changes only the title.
    title
        The new title; None leaves it.

    Raises
    ------
    PipelineError
        For a category that does not exist, a new key that exists or has labels of a category removed before, or a
        settings file that cannot be edited (exit code 2).
    """
    if title is not None:
        make_category(title=title)
    if new is None:
        return retitle(home, settings, file, key, title)
    document, renames = SettingsFile(file), Renames(home.db)
    # On the second call the new key has labels and may be in the file: what was checked once is not checked again.
    if renames.unfinished() != (key, new):
        require_free(home, settings, document, key, new)
        renames.begin(key, new)
    # Noted, moved, written, finished, in this order: until it is finished every other command refuses to go on, and
    # each step may be done twice. The file comes last, since it is what tells a person that the rename is done.
    move(home, key, new)
    if key in document.categories:
        document.rename(key, new)
    document.require(new)
    if title is not None:
        document.set_title(new, title)
    document.write()
    renames.finish()
    return Renamed(new, key, str(document.categories[new]["title"]), Labels(home.db).opinions(new))


def retitle(home: Home, settings: Settings, file: Path, key: str, title: str | None) -> Renamed:
    """Change only a category's title."""
    if title is None:
        raise PipelineError(f"what shall {key!r} be called? give a new key, --title TITLE, or both", exit_code=2)
    refuse_unfinished_rename(home.db)
    require_category(key, settings)
    document = SettingsFile(file)
    document.require(key)
    document.set_title(key, title)
    document.write()
    return Renamed(key, key, title, Labels(home.db).opinions(key))


def require_free(home: Home, settings: Settings, document: SettingsFile, key: str, new: str) -> None:
    """Refuse a rename that would mix two categories' labels."""
    refuse_unfinished_rename(home.db)
    require_category(key, settings)
    document.require(key)
    require_new(new, settings)
    left = Labels(home.db).opinions(new)
    if left:
        back = f"rubrika category add {new} --title TITLE && rubrika category merge {key} {new}"
        how = f"choose another key, or bring it back and review what {key!r} adds to it: {back}"
        raise PipelineError(f"{new!r} still has {left} labels of a category removed before; {how}", exit_code=2)


def move(home: Home, key: str, new: str) -> None:
    """Move everything that the store keeps by category; each step may be repeated."""
    # Heads and bundles are not here: a head's fingerprint does not hold its category's key.
    Labels(home.db).rename(key, new)
    Choices(home.db).rename(key, new)
    Predictions(home.db).rename(key, new)
    Metrics(home.db).rename(key, new)
    ReviewCandidates(home.db).rename(key, new)
    Generations(home.db).rename(key, new)
    Audits(home.db).rename(key, new)
