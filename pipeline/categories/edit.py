"""Categories: what the newsroom sorts into; the settings file is edited, the store keeps what was ever said."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow.compute as pc

from pipeline.categories.keys import require_new
from pipeline.categories.settings_file import SettingsFile
from pipeline.setup.chosen_categories import require_category
from pipeline.setup.home import Home
from pipeline.setup.settings import Category, Settings
from store.articles import Articles
from store.encoders import Encoders
from store.labels import Labels

HeadState = Literal["trained", "outdated", "none"]


@dataclass(frozen=True)
class CategoryState:
    """One category as it stands.

    Parameters
    ----------
    positives, negatives, unknown
        Stored articles by their label; together all articles.
    head
        ``trained`` on the labels of now, ``outdated`` by what changed since, or ``none``.
    """

    title: str
    description: str
    positives: int
    negatives: int
    unknown: int
    head: HeadState


@dataclass(frozen=True)
class ListedCategories:
    """Every category of the settings by its key, in their order."""

    categories: dict[str, CategoryState]


@dataclass(frozen=True)
class Added:
    """A new category, the labels that were kept for its key from before, and what to do next."""

    key: str
    title: str
    positives: int
    negatives: int
    next: tuple[str, ...]


@dataclass(frozen=True)
class Removed:
    """A category that is no longer sorted into, the labels kept for it, and the command that brings it back."""

    key: str
    labels: int
    again: str


def list_categories(home: Home, settings: Settings) -> ListedCategories:
    """Tell what is known of each category."""
    labels, heads, articles = label_counts(home), head_states(home, settings), Articles(home.db).count()
    categories = {}
    for key, category in settings.categories.items():
        positives, negatives = labels.get(key, (0, 0))
        unknown = articles - positives - negatives
        categories[key] = CategoryState(category.title, category.description, positives, negatives, unknown, heads[key])
    return ListedCategories(categories)


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
    require_new(key, settings)
    document = SettingsFile(file)
    document.add(key, category.model_dump(exclude_none=True, exclude_defaults=True))
    document.write()
    positives, negatives = label_counts(home).get(key, (0, 0))
    ask = (f"rubrika annotate --category {key}", f"rubrika labels import FILE --category {key}")
    return Added(key, category.title, positives, negatives, (*(() if positives else ask), "rubrika train"))


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
    return Removed(key, sum(label_counts(home).get(key, (0, 0))), again(key, category))


def again(key: str, category: Category) -> str:
    """The command that adds a category as it was."""
    options = category.model_dump(exclude_none=True, exclude_defaults=True)
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return shlex.join(["rubrika", "category", "add", key, *words])


def label_counts(home: Home) -> dict[str, tuple[int, int]]:
    """Positive and negative stored articles of every category that ever had a label, removed ones among them."""
    current = Labels(home.db).given()
    stored = current.filter(pc.is_in(current["article_id"], value_set=Articles(home.db).ids()))
    counted = stored.group_by(["category", "value"]).aggregate([([], "count_all")]).to_pylist()
    counts = {(row["category"], row["value"]): row["count_all"] for row in counted}
    return {key: (counts.get((key, 1), 0), counts.get((key, 0), 0)) for key, _ in counts}


def head_states(home: Home, settings: Settings) -> dict[str, HeadState]:
    """Tell of each category whether training would find its head again."""
    if Encoders(home.db).current() is None:
        return dict.fromkeys(settings.categories, "none")
    from pipeline.embed.views import open_views
    from pipeline.train.plan import plan

    states: dict[str, HeadState] = {}
    for task in plan(home, settings, open_views(home).identity(), list(settings.categories), choose=False):
        trained = task.choice is not None and task.folder(home, task.choice).exists()
        states[task.key] = "trained" if trained else "outdated" if task.choice else "none"
    return states
