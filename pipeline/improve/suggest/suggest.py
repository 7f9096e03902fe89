"""Suggest: the articles that a person should label next, each with the reason why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from models.suggestion.most_useful import MostUseful, most_useful
from pipeline.improve.suggest.pool import StoredPool, read_pool
from pipeline.labels.sheet import SHEET_COLUMNS, article_cells, as_csv, next_with_sheet, require_csv, write_new
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.articles import Articles

SUGGESTED = 50


@dataclass(frozen=True)
class SuggestedArticle:
    """An article and what a label of it is worth.

    Parameters
    ----------
    why
        The largest of the three terms ``uncertain``, ``rare`` and ``new``, see :class:`models.suggestion.worth.Worth`.
    categories
        Category → probability; None where it has no head or the article is labelled.
    """

    id: str
    title: str
    source: str
    published_at: datetime | None
    why: str
    uncertain: float
    rare: float
    new: float
    categories: dict[str, float | None]


@dataclass(frozen=True)
class Suggested:
    """The choice, the first to label first.

    Parameters
    ----------
    bundle
        Whose heads were asked; None where no category that was asked about has one.
    without_head
        Categories in which description and positives stood in for a head.
    pool
        Articles that could have been chosen.
    file
        The table to fill in, where one was asked for.
    next
        What to do then.
    """

    bundle: str | None
    without_head: tuple[str, ...]
    pool: int
    suggestions: tuple[SuggestedArticle, ...]
    file: Path | None
    next: tuple[str, ...]


def suggest(
    home: Home, settings: Settings, only: Sequence[str] = (), n: int = SUGGESTED, file: Path | None = None
) -> Suggested:
    """Choose the articles whose labels teach the heads the most; nothing of the test, nothing that is labelled.

    Parameters
    ----------
    only
        Only these categories count; empty: all of the settings.
    n
        Articles wanted.
    file
        CSV to write, with a blank cell for each category; None: none.

    Raises
    ------
    PipelineError
        For an unknown category or another suffix (exit code 2), when nothing is embedded or left to label, or a table
        that is there already and may have been filled in.
    """
    keys = chosen_categories(settings, only)
    if file:
        require_csv(file)
    stored = read_pool(home, settings, keys)
    left = int(stored.pool.choosable.sum())
    if not left:
        what = f"all {len(stored.ids)} embedded articles outside the test are labelled for {', '.join(keys)}"
        raise PipelineError(f"{what}; bring more: rubrika ingest FILE && rubrika embed")
    articles = suggested_articles(home, stored, most_useful(stored.pool, n), keys)
    if file:  # every label cell is blank, also where a label is there: the person is not to be led
        write_new(file, as_csv([*SHEET_COLUMNS, *keys], article_cells(home, [article.id for article in articles])))
    without = tuple(key for key, has in zip(keys, stored.pool.has_head, strict=True) if not has)
    named = [part for key in (keys if only else ()) for part in ("--category", key)]
    again = ["rubrika", "suggest", *named, "-n", str(n)]
    next_steps = next_with_sheet(file, "fill in", "1, 0, or blank where nobody knows", again)
    return Suggested(stored.bundle, without, left, articles, file, next_steps)


def suggested_first(home: Home, settings: Settings, keys: Sequence[str], among: Sequence[str], n: int) -> list[str]:
    """The ids of at most n of some articles, the first to label first; those of the test and labelled ones left out."""
    stored = read_pool(home, settings, keys).among(among)
    return [str(name) for name in stored.ids[most_useful(stored.pool, n).rows]]


def suggested_articles(
    home: Home, stored: StoredPool, useful: MostUseful, keys: Sequence[str]
) -> tuple[SuggestedArticle, ...]:
    """The chosen articles with their reasons."""
    pool, terms = stored.pool, useful.worth
    probability = np.where(np.isnan(pool.labels), pool.probability, np.nan)[useful.rows]
    names = pa.array(stored.ids[useful.rows].tolist(), pa.string())
    articles = Articles(home.db).get(names, ["title", "source", "published_at"]).to_pylist()
    return tuple(
        SuggestedArticle(
            article["id"],
            article["title"] or "",
            article["source"] or "",
            article["published_at"],
            why,
            round(float(terms.uncertain[row]), 4),
            round(float(terms.rare[row]), 4),
            round(float(terms.new[row]), 4),
            {key: none_for_nan(probability[row, column]) for column, key in enumerate(keys)},
        )
        for row, (article, why) in enumerate(zip(articles, terms.reasons(), strict=True))
    )


def none_for_nan(probability: float) -> float | None:
    """A probability, or None for NaN."""
    return None if np.isnan(probability) else round(float(probability), 6)
