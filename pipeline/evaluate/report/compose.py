"""Composing: from a bundle, its corpus and its answers to what the page shows beside the evaluation's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import pyarrow as pa

from models.bundles.load import Bundle
from models.evaluation.answers import Answers
from models.evaluation.evaluation import Evaluation
from models.splits import TEST, TRAIN, VALIDATION
from pipeline.embed.corpus import Corpus
from pipeline.evaluate.earlier import NONE
from pipeline.evaluate.report.category import category_evidence
from pipeline.evaluate.report.evidence import Evidence, Part

COMMANDS = ("rubrika embed", "rubrika train")


def compose(
    bundle: Bundle,
    corpus: Corpus,
    answers: Mapping[str, Answers],
    evaluation: Evaluation,
    resamples: int,
    zone: ZoneInfo,
) -> Evidence:
    """Gather it.

    Parameters
    ----------
    answers
        By model: the bundle's heads and each baseline.
    resamples
        Draws of the bootstrap.
    zone
        Of the days and months on the page.
    """
    encoder = bundle.encoder
    corpus = in_zone(corpus, zone)
    titles = bundle.titles
    return Evidence(
        zone=zone,
        encoder=f"{encoder.name}, {encoder.max_tokens} токенов, {encoder.precision}",
        parts=tuple(part(corpus, name) for name in (TRAIN, VALIDATION, TEST)),
        categories=tuple(
            category_evidence(titles[key], bundle.heads[key], corpus, answers, rivals, column, resamples)
            for column, (key, rivals) in enumerate((key, evaluation.rivals(key)) for key in corpus.keys)
        ),
        commands=(*COMMANDS, evaluate_command(evaluation)),
        resamples=resamples,
    )


def in_zone(corpus: Corpus, zone: ZoneInfo) -> Corpus:
    """The corpus with its dates read in a zone; the moments stay, and so does what is stored."""
    place = corpus.articles.schema.get_field_index("published_at")
    dates = corpus.articles["published_at"].cast(pa.timestamp("us", zone.key))
    return replace(corpus, articles=corpus.articles.set_column(place, "published_at", dates))


def evaluate_command(evaluation: Evaluation) -> str:
    """The command that makes the same evaluation again, with the same comparison or again with none."""
    earlier = evaluation.compare.bundle if evaluation.compare else NONE
    return f"rubrika evaluate --bundle {evaluation.bundle} --compare {earlier}"


def part(corpus: Corpus, name: str) -> Part:
    """How many labelled articles a part has, from when, and how many of no known date."""
    rows = corpus.rows(name)
    dates = corpus.articles["published_at"].take(rows).drop_null().to_pylist()
    first, last = (min(dates).date(), max(dates).date()) if dates else (None, None)
    return Part(name, len(rows), first, last, len(rows) - len(dates))
