"""Showing labels: what came in and went out, who said what, and how far people and models agree."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.show.terminal import json_line, line, next_steps, table

if TYPE_CHECKING:
    from pipeline.labels.export_labels import LabelsExported
    from pipeline.labels.import_labels import Imported
    from pipeline.labels.show_labels import LabelsShown
    from pipeline.labels.topic_proposal import TopicProposal

MOST_TOPICS = 40  # lines of a proposal, and those that match a category
WORDS = {1: "yes", 0: "no", None: "withdrawn"}


def print_imported(result: Imported, *, as_json: bool) -> None:
    """Print the labels of each category."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    counted(result.categories)
    unmatched = f"; {result.unmatched} articles are not in the store yet, their labels wait" if result.unmatched else ""
    unreadable = f"; {result.unreadable} rows name no article and gave none" if result.unreadable else ""
    line(f"{result.added} new labels of {result.annotator}{unmatched}{unreadable}")
    if result.conflicts:
        line(f"{result.conflicts} contradictions between rows were settled as you said")
    for note in result.notes:
        line(note)


def print_topics(proposal: TopicProposal, *, as_json: bool) -> None:
    """Print the topics of a column and the categories that are proposed for them."""
    if as_json:
        json_line(dataclasses.asdict(proposal))
        return
    shown = [topic for place, topic in enumerate(proposal.topics) if place < MOST_TOPICS or topic.category]
    table(["topic", "articles", "category"], [[topic.topic, topic.articles, topic.category or ""] for topic in shown])
    if len(shown) < len(proposal.topics):
        line(f"and {len(proposal.topics) - len(shown)} topics that match no category; all of them with --json")
    line("a topic without a category gives no label; to give it one add: --topic 'TOPIC=CATEGORY'")
    line("what an article is not called stays unknown; if it is a no add: --others-negative")
    next_steps(proposal.next)


def print_exported(result: LabelsExported, *, as_json: bool) -> None:
    """Print what was written."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    counted(result.categories)
    waiting = f"; {result.waiting} opinions wait for articles that are not in the store" if result.waiting else ""
    line(f"{result.articles} articles in {result.file}{waiting}")


def counted(categories: dict[str, dict[str, int]]) -> None:
    """Print how many cells of a table say what."""
    table(
        ["category", "positive", "negative", "unknown"],
        [[key, said["positive"], said["negative"], said["unknown"]] for key, said in categories.items()],
    )


def print_opinions(result: LabelsShown, *, as_json: bool) -> None:
    """Print everything that was said of an article."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    day = f"{result.published_at:%Y-%m-%d}" if result.published_at else "no date"
    line(f"{result.id}  {result.title}  ({result.source}, {day})")
    if not result.opinions:
        line("nobody has labelled it")
        return
    table(
        ["category", "said", "annotator", "when", ""],
        [
            [
                opinion.category,
                WORDS[opinion.value],
                opinion.annotator,
                f"{opinion.labelled_at:%Y-%m-%d %H:%M}",
                "counts" if opinion.counts else "",
            ]
            for opinion in result.opinions
        ],
    )
