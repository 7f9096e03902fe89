"""Mistakes: the wrong verdicts that a head was surest of, each with its words and its labelled neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from models.arrays import Rows
from models.explain import Contributions
from models.heads.head import Head
from models.lexical.words import counts_by_word
from models.neighbours import nearest
from models.splits import TEST
from pipeline.embed.corpus import Corpus
from pipeline.evaluate.report.evidence import Mistake, Neighbour
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
    for place in surest[:SHOWN]:
        article = corpus.articles.slice(rows[place], 1).to_pylist()[0]
        said = summands(corpus, head, rows[place], article)
        yield Mistake(
            id=article["id"],
            title=headline(article),
            source=article["source"],
            published=day_of(article),
            truth=bool(truth[place]),
            probability=float(probability[place]),
            neighbours=labelled_neighbours(corpus, column, rows[place]),
            score=float(head.scorer.scores(corpus.features.take(rows[place : place + 1]))[0]),
            needed=score_needed(head),
            **(parts_of(said) if said else {}),
        )


def parts_of(said: Contributions) -> dict[str, Any]:
    """A score's parts as a mistake shows them: the strongest words one by one, the rest of them together."""
    shown = said.strongest(WORDS)
    rest = sum(value for _, value in said.words) - sum(value for _, value in shown)
    return {"words": shown, "meaning": said.dense, "other_words": rest, "base": said.intercept}


def score_needed(head: Head) -> float | None:
    """The score from which a head says "yes"; None where it never does, or always."""
    yes = head.decision.yes
    return head.calibrator.score(yes) if 0 < yes < 1 else None


def summands(corpus: Corpus, head: Head, row: int, article: dict[str, Any]) -> Contributions | None:
    """The score of an article taken apart; None where it is no sum."""
    counts = counts_by_word(f"{article['title']}\n{article['text']}")
    return head.take_apart(corpus.features.take(np.array([row])), counts)


def labelled_neighbours(corpus: Corpus, column: int, row: int) -> tuple[Neighbour, ...]:
    """The nearest labelled articles outside the test."""
    labelled = np.flatnonzero(np.isfinite(corpus.truth[:, column]) & (corpus.parts != TEST))
    dense = corpus.features.dense
    similarity, found = nearest(dense[row : row + 1], dense[labelled], NEIGHBOURS)
    near = labelled[found[0]]
    return tuple(
        Neighbour(
            title=headline(article),
            label=bool(corpus.truth[other, column] == 1),
            similarity=float(cosine),
            id=article["id"],
            source=article["source"],
            published=day_of(article),
            beginning=beginning(article["text"], BEGINNING),
        )
        for article, other, cosine in zip(corpus.articles.take(near).to_pylist(), near, similarity[0], strict=True)
    )


def day_of(article: dict[str, Any]) -> date | None:
    """The day an article was published, None where that is unknown."""
    return article["published_at"].date() if article["published_at"] else None
