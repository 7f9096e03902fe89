"""Showing why: each category's answer with the words and the neighbours behind it, as JSON or for people."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.heads.kinds import words_of
from pipeline.setup.errors import PipelineError
from pipeline.show.progress import Say
from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from pipeline.predict.explain import CategoryExplained, Explained, Word
    from pipeline.predict.similar import Similar

SHOWN = 6


def print_predicted(rows: Iterable[Mapping[str, Any]], file: str, say: Say) -> None:
    """Print rows as they are answered, then say how many there were.

    Raises
    ------
    PipelineError
        When none of them was an article.
    """
    answered = refused = 0
    for row in rows:
        json_line(row)
        answered, refused = (answered, refused + 1) if "error" in row else (answered + 1, refused)
    total = answered + refused
    say(f"{total} {'row' if total == 1 else 'rows'}: {answered} sorted, {refused} not articles")
    if refused and not answered:
        raise PipelineError(f"{file}: none of its {refused} rows is an article; each line of output has its error")


def print_similar(result: Similar, *, as_json: bool) -> None:
    """Print the articles nearest to one, with the categories that they are labelled yes and no."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    table(
        ["nearest articles", "id", "source", "published", "cosine", "yes", "no"],
        [
            [
                article.title,
                article.id[:12],
                article.source,
                f"{article.published_at:%Y-%m-%d}" if article.published_at else "",
                figure(article.similarity),
                *(" ".join(key for key, label in article.labels.items() if label == value) for value in (1, 0)),
            ]
            for article in result.articles
        ],
    )


def print_explanation(result: Explained, *, as_json: bool) -> None:
    """Print why a bundle says what it says of an article."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    line(f"{result.id}  {result.title or 'without a title'}; bundle {result.bundle}")
    table(
        ["category", "answer", "score", "for", "against"],
        [
            [
                key,
                f"{explained.verdict} {figure(explained.probability)}",
                sums(explained),
                *map(listed, (explained.words_for, explained.words_against)),
            ]
            for key, explained in result.categories.items()
        ],
    )
    for key, explained in result.categories.items():
        if no_words := words_of(explained.head).no_words:
            line(f"{key}: its head {no_words}")
    line("score = what all words + the vector + a constant add, exactly; shown are the strongest words")
    neighbours(result)


def neighbours(result: Explained) -> None:
    """Print the labelled articles nearby once each, with what they are labelled; blank where that is unknown."""
    labels = {
        (near.id, key): "yes" if near.label else "no"
        for key, explained in result.categories.items()
        for near in explained.neighbours
    }
    nearby = {near.id: near for explained in result.categories.values() for near in explained.neighbours}
    table(
        ["nearest labelled articles", "id", "cosine", *result.categories],
        [
            [
                near.title,
                near.id[:12],
                figure(near.similarity),
                *(labels.get((near.id, key), "") for key in result.categories),
            ]
            for near in sorted(nearby.values(), key=lambda near: -near.similarity)
        ],
    )


def sums(explained: CategoryExplained) -> str:
    """A score and its summands, the score alone where it is no sum."""
    if explained.dense is None or explained.intercept is None:
        return f"{explained.score:+.2f}"
    words = sum(word.weight for word in explained.words_for + explained.words_against)
    return f"{explained.score:+.2f} = {words:+.2f} {explained.dense:+.2f} {explained.intercept:+.2f}"


def listed(words: Sequence[Word]) -> str:
    """The strongest words with their weights."""
    return ", ".join(f"{word.word} {word.weight:+.2f}" for word in words[:SHOWN])
