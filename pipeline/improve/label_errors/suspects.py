"""Suspects: the suspected labels of all categories in one list, each with its article and its labelled neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.embed.neighbours import Neighbour, nearest_labelled, stored_titles
from pipeline.improve.label_errors.examine import Examination
from pipeline.setup.home import Home
from pipeline.show.headline import headline
from store.articles import Articles

Pair = tuple[str, str]  # article and category


@dataclass(frozen=True)
class Suspect:
    """A label that is probably wrong.

    Parameters
    ----------
    id
        Of the article; ``title`` is how its text begins where it has none.
    label, annotator
        What was said, and by whom.
    probability
        Of yes, by heads that did not learn from the article.
    quality
        Probability of the given label; the lowest is first.
    neighbours
        The nearest articles labelled for the category, outside the test.
    """

    id: str
    title: str
    source: str
    published_at: datetime | None
    category: str
    label: bool
    annotator: str
    probability: float
    quality: float
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class Pick:
    """A suspected label: its category, its row among the labels of that category, and the article there."""

    category: str
    row: int
    article: str


def ranked(examination: Examination, annotators: Mapping[Pair, str]) -> list[Pick]:
    """The suspected labels of some annotators, the least likely to be right first; by category and id where equal.

    Parameters
    ----------
    annotators
        Article and category → annotator of the label that counts; labels that are not there are left out.
    """
    picks = [
        Pick(key, int(row), article)
        for key, doubts in examination.doubts.items()
        for row in np.flatnonzero(doubts.suspected)
        for article in [str(examination.labels[key].ids[row])]
        if (article, key) in annotators
    ]
    return sorted(picks, key=lambda pick: float(examination.doubts[pick.category].quality[pick.row]))


def suspects(
    home: Home, examination: Examination, picks: Sequence[Pick], annotators: Mapping[Pair, str]
) -> tuple[Suspect, ...]:
    """What a person needs to check some labels, in their order."""
    near = neighbours_of(home, examination, picks)
    names = pa.array(sorted({pick.article for pick in picks}), pa.string())
    rows = Articles(home.db).get(names, ["title", "text", "source", "published_at"]).to_pylist()
    articles = {row["id"]: row for row in rows}
    return tuple(suspect(examination, pick, articles[pick.article], near[pick], annotators) for pick in picks)


def neighbours_of(home: Home, examination: Examination, picks: Sequence[Pick]) -> dict[Pick, tuple[Neighbour, ...]]:
    """The labelled neighbours of each label, those of one category found together."""
    near: dict[Pick, tuple[Neighbour, ...]] = {}
    for key in {pick.category: None for pick in picks}:
        data, of_key = examination.labels[key], [pick for pick in picks if pick.category == key]
        vectors = examination.features.dense[np.searchsorted(examination.ids, data.ids)]
        articles, queries = [pick.article for pick in of_key], vectors[[pick.row for pick in of_key]]
        groups = nearest_labelled(data, vectors, articles, queries, partial(stored_titles, home))
        near |= dict(zip(of_key, groups, strict=True))
    return near


def suspect(
    examination: Examination,
    pick: Pick,
    article: Mapping[str, Any],
    near: tuple[Neighbour, ...],
    annotators: Mapping[Pair, str],
) -> Suspect:
    """One label with what is known of it."""
    data, doubts = examination.labels[pick.category], examination.doubts[pick.category]
    return Suspect(
        pick.article,
        headline(article),
        article["source"] or "",
        article["published_at"],
        pick.category,
        bool(data.truth[pick.row]),
        annotators[pick.article, pick.category],
        round(float(doubts.probability[pick.row]), 6),
        round(float(doubts.quality[pick.row]), 6),
        near,
    )
