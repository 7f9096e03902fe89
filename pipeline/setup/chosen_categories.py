"""The categories that a command is about."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import Category, Settings


def require_category(key: str, settings: Settings) -> Category:
    """Return a category of the settings, or say which there are."""
    if key not in settings.categories:
        raise PipelineError(f"no category {key!r}; there are: {', '.join(settings.categories) or 'none'}", exit_code=2)
    return settings.categories[key]


def chosen_categories(settings: Settings, only: Sequence[str]) -> list[str]:
    """The categories that were asked for, or all of the settings where none was named."""
    if not settings.categories:
        raise PipelineError("no categories; add one with: rubrika category add KEY --title TITLE", exit_code=2)
    for key in only:
        require_category(key, settings)
    # Each once and in the order of the call: a category named twice would be trained twice.
    return list(dict.fromkeys(only)) or list(settings.categories)
