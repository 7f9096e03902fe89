"""Suspects: the suspected labels of all categories in one list, each with its article and its labelled neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.improve.label_errors.examine import Examination
from pipeline.improve.label_errors.neighbours import Labelling, near_labelled
from pipeline.predict.neighbours import Near
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
    neighbours: tuple[Near, ...]


@dataclass(frozen=True)
class Pick:
    """A row of a category's labels."""

    category: str
    row: int


def ranked(done: Examination, said: Mapping[Pair, str]) -> list[Pick]:
    """The suspected labels of some annotators, the least likely to be right first; by category and id where equal.

    Parameters
    ----------
    said
        Article and category → annotator of the label that counts; labels that are not there are left out.
    """
    picks = [
        Pick(key, int(row))
        for key, doubts in done.doubts.items()
        for row in np.flatnonzero(doubts.suspected)
        if (str(done.labels[key].ids[row]), key) in said
    ]
    return sorted(picks, key=lambda pick: float(done.doubts[pick.category].quality[pick.row]))


def describe(home: Home, done: Examination, picks: Sequence[Pick], said: Mapping[Pair, str]) -> tuple[Suspect, ...]:
    """What a person needs to check some labels, in their order."""
    near = neighbours_of(done, picks)
    wanted = {str(done.labels[pick.category].ids[pick.row]) for pick in picks}
    wanted |= {name for group in near.values() for name, _, _ in group}
    names = pa.array(sorted(wanted), pa.string())
    rows = Articles(home.db).get(names, ["title", "text", "source", "published_at"]).to_pylist()
    articles = {row["id"]: row for row in rows}
    return tuple(suspect(done, pick, near[pick], articles, said) for pick in picks)


def neighbours_of(done: Examination, picks: Sequence[Pick]) -> dict[Pick, list[Labelling]]:
    """The labelled neighbours of each label, those of one category found together."""
    found: dict[Pick, list[Labelling]] = {}
    for key in done.doubts:
        of_key = [pick for pick in picks if pick.category == key]
        if of_key:
            data = done.labels[key]
            dense = done.features.dense[np.searchsorted(done.ids, data.ids)]
            near = near_labelled(data, dense, np.array([pick.row for pick in of_key]))
            found |= dict(zip(of_key, near, strict=True))
    return found


def suspect(
    done: Examination,
    pick: Pick,
    near: Sequence[Labelling],
    articles: Mapping[str, Mapping[str, Any]],
    said: Mapping[Pair, str],
) -> Suspect:
    """One label with what is known of it."""
    data, doubts = done.labels[pick.category], done.doubts[pick.category]
    name = str(data.ids[pick.row])
    article = articles[name]
    return Suspect(
        name,
        headline(article),
        article["source"] or "",
        article["published_at"],
        pick.category,
        bool(data.truth[pick.row]),
        said[name, pick.category],
        round(float(doubts.probability[pick.row]), 6),
        round(float(doubts.quality[pick.row]), 6),
        tuple(Near(other, headline(articles[other]), label, cosine) for other, label, cosine in near),
    )
