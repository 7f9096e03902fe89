"""Explain: for one article and every category, the words that speak for and against, and the labelled neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from models.bundles.load import Bundle
from models.explain import Contributions
from models.features import Features
from models.heads.head import Head
from models.lexical.words import counts_by_word
from pipeline.bundles.open_bundle import open_bundle
from pipeline.crawl.article import Article
from pipeline.embed.fresh import FreshFeatures
from pipeline.embed.neighbours import Neighbour
from pipeline.embed.views import views_of
from pipeline.labels.stored_article import stored_article
from pipeline.predict.article import given_article
from pipeline.predict.neighbours import labelled_neighbours
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings


@dataclass(frozen=True)
class Word:
    """A word of the article and what it added to the score; below zero it speaks against the category."""

    word: str
    weight: float


@dataclass(frozen=True)
class CategoryExplained:
    """Why a head says what it says: all weights, ``dense`` and ``intercept`` add up to ``score``.

    Parameters
    ----------
    head
        Its kind, as `train.candidates` names it.
    probability, verdict
        The answer.
    threshold, threshold_no
        The probability from which it is yes, and that below which it is no; between them a person is asked.
    score
        What the calibrator turns into the probability.
    dense, intercept
        What the vector added, and the score of an article with no features; None for trees, whose score is no sum.
    words_for, words_against
        All words that speak for the category and against it, the strongest first.
    neighbours
        The nearest articles that the head may have learned from.
    """

    title: str
    head: str
    probability: float
    verdict: Literal["yes", "ask", "no"]
    threshold: float
    threshold_no: float
    score: float
    dense: float | None
    intercept: float | None
    words_for: tuple[Word, ...]
    words_against: tuple[Word, ...]
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class Explained:
    """An article and each category's explanation."""

    bundle: str
    id: str
    title: str
    categories: Mapping[str, CategoryExplained]


def explain(home: Home, settings: Settings, article: str, name: str | None) -> Explained:
    """Explain what a bundle says of an article.

    Parameters
    ----------
    article
        The id of a stored article or its first digits, or ``-`` for one JSON object on standard input.
    name
        Bundle to ask; None asks the current one.

    Raises
    ------
    ModelError
        When there is no such bundle, or it is damaged.
    PipelineError
        When there is no such article, or what is given is none (exit code 2).
    """
    bundle = open_bundle(home, name or "current")
    if article == "-":
        explained = given_article(settings.ingest.timezone)
        features = FreshFeatures(home, bundle.encoder, settings.encoder).of([explained])
    else:
        explained = stored_article(home, article)
        features = views_of(home, bundle.manifest).features(pa.array([explained.id]))
    return Explained(bundle.id, explained.id, explained.title, explain_article(home, bundle, explained, features))


def explain_article(home: Home, bundle: Bundle, article: Article, features: Features) -> dict[str, CategoryExplained]:
    """Explain every category of one article, whose features are one row."""
    counts = counts_by_word(f"{article.title}\n{article.text}")
    near = labelled_neighbours(home, bundle, article.id, features.dense)
    return {
        key: explain_category(
            bundle.titles[key],
            head,
            features,
            head.take_apart(features, counts),
            near[key],
        )
        for key, head in bundle.heads.items()
    }


def explain_category(
    title: str, head: Head, features: Features, apart: Contributions | None, near: tuple[Neighbour, ...]
) -> CategoryExplained:
    """Put together one head's answer and what is behind it; ``apart`` is None where the score is no sum."""
    probability = head.probability(features)
    words = [Word(word, weight) for word, weight in apart.words] if apart else []
    return CategoryExplained(
        title,
        head.candidate.kind,
        float(probability[0]),
        head.verdicts(features, probability).tolist()[0],
        head.decision.yes,
        head.decision.no,
        float(head.scorer.scores(features)[0]),
        apart.dense if apart else None,
        apart.intercept if apart else None,
        tuple(word for word in words if word.weight > 0),
        tuple(word for word in reversed(words) if word.weight < 0),
        near,
    )
