"""Mistakes: the wrong verdicts that a head was surest of, each beside the labelled articles nearest to it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from models.features import Rows
from models.neighbours import nearest
from models.splits import TEST
from pipeline.corpus import Corpus
from pipeline.report.evidence import Mistake, Neighbour

SHOWN = 10
NEIGHBOURS = 3


def confident_mistakes(
    corpus: Corpus,
    column: int,
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
        published = article["published_at"]
        yield Mistake(
            id=article["id"],
            title=article["title"] or article["text"][:80],
            source=article["source"],
            published=published.date() if published else None,
            truth=bool(truth[place]),
            probability=float(probability[place]),
            neighbours=labelled_neighbours(corpus, column, rows[place]),
        )


def labelled_neighbours(corpus: Corpus, column: int, row: int) -> tuple[Neighbour, ...]:
    """The nearest labelled articles outside the test."""
    labelled = np.flatnonzero(np.isfinite(corpus.truth[:, column]) & (corpus.parts != TEST))
    dense = corpus.features.dense
    similarity, found = nearest(dense[row : row + 1], dense[labelled], NEIGHBOURS)
    near = labelled[found[0]]
    titles = corpus.articles.select(["title", "text"]).take(near).to_pylist()
    return tuple(
        Neighbour(said["title"] or said["text"][:80], corpus.truth[other, column] == 1, float(cosine))
        for said, other, cosine in zip(titles, near, similarity[0], strict=True)
    )
