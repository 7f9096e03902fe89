"""Add: a category is written into the settings file; what the store kept of its key from before counts again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.categories.keys import require_new
from pipeline.categories.label_counts import label_counts
from pipeline.categories.settings_file import SettingsFile
from pipeline.setup.home import Home
from pipeline.setup.settings import Category, Settings


@dataclass(frozen=True)
class Added:
    """A new category, the labels that were kept for its key from before, and what to do next."""

    key: str
    title: str
    positives: int
    negatives: int
    next: tuple[str, ...]


def add_category(home: Home, settings: Settings, file: Path, key: str, category: Category) -> Added:
    """Add a category to the settings file; labels and a head that its key had before count again.

    Parameters
    ----------
    file
        The settings file.

    Raises
    ------
    PipelineError
        For a key that cannot be one or exists already, or a settings file that cannot be edited (exit code 2).
    """
    # Refused before the file is opened, so that a wrong call leaves it as it was, to the byte.
    require_new(key, settings)
    document = SettingsFile(file)
    document.add(key, category.model_dump(exclude_none=True, exclude_defaults=True))  # as a person would write it
    document.write()
    positives, negatives = label_counts(home).get(key, (0, 0))
    ask = (f"rubrika annotate --category {key}", f"rubrika labels import FILE --category {key}")
    return Added(key, category.title, positives, negatives, (*(() if positives else ask), "rubrika train"))
