"""Mistakes: the wrong verdicts that a head was surest of, each with its words and its labelled neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from models.arrays import Rows
from models.explain import Contributions
from models.heads.head import Head
from models.lexical.words import counts_by_word
from models.splits import TEST
from pipeline.embed.corpus import Corpus
from pipeline.embed.labelled import Labelled
from pipeline.embed.neighbours import Neighbour, nearest_labelled
from pipeline.evaluate.report.examples import Mistake, QuotedNeighbour
from pipeline.show.headline import beginning, headline

SHOWN = 10
NEIGHBOURS = 3
WORDS = 8
BEGINNING = 280


def confident_mistakes(
    corpus: Corpus,
    column: int,
    head: Head,
    rows: Rows,
    truth: npt.NDArray[np.bool_],
    probability: npt.NDArray[np.float64],
    verdicts: npt.NDArray[np.str_],
) -> Iterator[Mistake]:
    """The surest wrong verdicts of one category.

    Parameters
    ----------
    rows
        Rows of the corpus that truth, probability and verdicts are of.
    """
    wrong = np.flatnonzero((verdicts == "yes") & ~truth | (verdicts == "no") & truth)
    surest = wrong[np.argsort(-np.abs(probability[wrong] - truth[wrong]), kind="stable")]
    shown = surest[:SHOWN]
    for place, neighbours in zip(shown, quoted_neighbours(corpus, column, rows[shown]), strict=True):
        article = article_at(corpus, rows[place])
        contributions = summands(corpus, head, rows[place], article)
        yield Mistake(
            id=article["id"],
            title=headline(article),
            source=article["source"],
            published=day_of(article),
            truth=bool(truth[place]),
            probability=float(probability[place]),
            neighbours=neighbours,
            score=float(head.scorer.scores(corpus.features.take(rows[place : place + 1]))[0]),
            needed=score_needed(head),
            **(parts_of(contributions) if contributions else {}),
        )


def parts_of(score: Contributions) -> dict[str, Any]:
    """A score's parts as a mistake shows them: the strongest words one by one, the rest of them together."""
    shown = score.strongest(WORDS)
    rest = sum(value for _, value in score.words) - sum(value for _, value in shown)
    return {"words": shown, "meaning": score.dense, "other_words": rest, "base": score.intercept}


def score_needed(head: Head) -> float | None:
    """The score from which a head says "yes"; None where it never does, or always."""
    yes = head.decision.yes
    return head.calibrator.score(yes) if 0 < yes < 1 else None


def summands(corpus: Corpus, head: Head, row: int, article: dict[str, Any]) -> Contributions | None:
    """The score of an article taken apart; None where it is no sum."""
    counts = counts_by_word(f"{article['title']}\n{article['text']}")
    return head.take_apart(corpus.features.take(np.array([row])), counts)


def quoted_neighbours(corpus: Corpus, column: int, rows: Rows) -> list[tuple[QuotedNeighbour, ...]]:
    """The labelled articles outside the test that are nearest to each of some articles."""
    ids, dense = corpus.articles["id"].to_numpy().astype(str), corpus.features.dense
    at = np.flatnonzero(np.isfinite(corpus.truth[:, column]) & (corpus.parts != TEST))
    labelled = Labelled(ids[at], corpus.truth[at, column] == 1, corpus.parts[at], corpus.clusters[at])

    def titles(names: Collection[str]) -> dict[str, str]:
        return {name: headline(article_at(corpus, np.searchsorted(ids, name))) for name in names}

    groups = nearest_labelled(labelled, dense[at], ids[rows], dense[rows], titles, NEIGHBOURS)
    return [
        tuple(quoted(near, article_at(corpus, np.searchsorted(ids, near.id))) for near in group) for group in groups
    ]


def quoted(near: Neighbour, article: dict[str, Any]) -> QuotedNeighbour:
    """A neighbour with what the page quotes of it."""
    text = beginning(article["text"], BEGINNING)
    return QuotedNeighbour(**asdict(near), source=article["source"], published=day_of(article), beginning=text)


def article_at(corpus: Corpus, row: int | np.intp) -> dict[str, Any]:
    """An article of the corpus with its title, text, source and date."""
    return dict(corpus.articles.slice(row, 1).to_pylist()[0])


def day_of(article: dict[str, Any]) -> date | None:
    """The day an article was published, None where that is unknown."""
    return article["published_at"].date() if article["published_at"] else None
