"""List: every category with its labels, and whether its head is up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.categories.label_counts import label_counts
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.articles import Articles
from store.encoders import Encoders

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
class CategoryList:
    """Every category of the settings by its key, in their order."""

    categories: dict[str, CategoryState]


def list_categories(home: Home, settings: Settings) -> CategoryList:
    """Tell what is known of each category."""
    labels, heads, articles = label_counts(home), head_states(home, settings), Articles(home.db).count()
    categories = {}
    for key, category in settings.categories.items():
        positives, negatives = labels.get(key, (0, 0))
        unknown = articles - positives - negatives
        categories[key] = CategoryState(category.title, category.description, positives, negatives, unknown, heads[key])
    return CategoryList(categories)


def head_states(home: Home, settings: Settings) -> dict[str, HeadState]:
    """Tell of each category whether training would find its head again."""
    # Without vectors nothing can have been trained, and nothing could be planned.
    if Encoders(home.db).current() is None:
        return dict.fromkeys(settings.categories, "none")
    # Imported here: an import of the heads costs two seconds, and a new store's list is asked for before there is any.
    from pipeline.embed.views import open_views
    from pipeline.train.plan import plan

    states: dict[str, HeadState] = {}
    for task in plan(home, settings, open_views(home).identity(), list(settings.categories), choose=False):
        # A head's folder is named by its fingerprint, so a folder that is there is what training would make.
        trained = task.choice is not None and task.folder(home, task.choice).exists()
        states[task.key] = "trained" if trained else "outdated" if task.choice else "none"
    return states
