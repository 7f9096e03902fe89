"""Remove: a category leaves the settings file; its labels and its head stay in the store."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from pipeline.categories.label_counts import label_counts
from pipeline.categories.settings_file import SettingsFile
from pipeline.setup.chosen_categories import require_category
from pipeline.setup.home import Home
from pipeline.setup.settings import Category, Settings


@dataclass(frozen=True)
class Removed:
    """A category that is no longer sorted into, the labels kept for it, and the command that brings it back."""

    key: str
    labels: int
    again: str


def remove_category(home: Home, settings: Settings, file: Path, key: str) -> Removed:
    """Take a category out of the settings file; its labels, its choice and its head stay, so that it can come back.

    Raises
    ------
    PipelineError
        For a category that does not exist, or a settings file that cannot be edited (exit code 2).
    """
    category = require_category(key, settings)
    document = SettingsFile(file)
    document.require(key)
    document.remove(key)
    document.write()
    # The store is not touched: labels cost people time, and a category that was taken out often comes back.
    return Removed(key, sum(label_counts(home).get(key, (0, 0))), command_to_add(key, category))


def command_to_add(key: str, category: Category) -> str:
    """The command that adds a category as it was."""
    options = category.model_dump(exclude_none=True, exclude_defaults=True)
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    # Quoted for a shell, since a title has spaces and quotes.
    return shlex.join(["rubrika", "category", "add", key, *words])
