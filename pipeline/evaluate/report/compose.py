"""Composing: from a bundle, its corpus and the figures to what the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from models.bundles.load import Bundle
from models.evaluation.answers import HEADS, Answers
from models.evaluation.bootstrap import Resampled, paired_difference
from models.evaluation.macro import averaged_keys
from models.evaluation.metrics import averaged_metrics
from models.evaluation.weighted import FIGURES
from models.features import Rows
from models.splits import TEST, TRAIN, VALIDATION
from pipeline.bundles.promises import promised
from pipeline.embed.corpus import Corpus
from pipeline.evaluate.earlier import NONE
from pipeline.evaluate.report.changes import Changes
from pipeline.evaluate.report.data import CategoryTest, Pair, Part, ReportData, Rival, Together, Total
from pipeline.evaluate.report.evidence import Figures
from pipeline.evaluate.report.groups import Asked, groups, in_order, largest, months
from pipeline.evaluate.report.mistakes import confident_mistakes
from pipeline.evaluate.report.newsroom import Newsroom, newsroom_gain
from pipeline.evaluate.report.verdict import best_rival
from pipeline.setup.settings import EvaluateSettings

Resamples = Mapping[str, Mapping[str, Resampled]]
COMMANDS = ("rubrika embed", "rubrika train")


def compose(
    bundle: Bundle,
    corpus: Corpus,
    answers: Mapping[str, Answers],
    figures: Resamples,
    settings: EvaluateSettings,
    zone: ZoneInfo,
    changes: Changes | None = None,
) -> ReportData:
    """Gather the page's data.

    Parameters
    ----------
    answers, figures
        By model: the bundle's heads and each baseline.
    zone
        Of the days and months on the page.
    changes
        What differs from an earlier bundle, if it is compared with one.
    """
    spec = bundle.manifest["encoder"]
    corpus = in_zone(corpus, zone)
    gained = newsrooms(bundle, corpus, answers, settings)
    return ReportData(
        bundle=bundle.id,
        created=datetime.now(zone),
        encoder=f"{spec['name']}, {spec['max_tokens']} токенов, {spec['precision']}",
        parts=tuple(part(corpus, name) for name in (TRAIN, VALIDATION, TEST)),
        categories=tuple(
            category(bundle, corpus, answers, figures, column, settings.bootstrap) for column in range(len(corpus.keys))
        ),
        together=together(bundle, corpus, answers[HEADS], figures),
        newsroom=gained.pop(HEADS),
        newsroom_rivals=gained,
        changes=changes,
        commands=(*COMMANDS, f"rubrika evaluate --bundle {bundle.id}" + compared(changes)),
        resamples=settings.bootstrap,
    )


def in_zone(corpus: Corpus, zone: ZoneInfo) -> Corpus:
    """The corpus with its dates read in a zone; the moments stay, and so does what is stored."""
    place = corpus.articles.schema.get_field_index("published_at")
    dates = corpus.articles["published_at"].cast(pa.timestamp("us", zone.key))
    return replace(corpus, articles=corpus.articles.set_column(place, "published_at", dates))


def compared(changes: Changes | None) -> str:
    """The option that makes the same comparison, or none, again."""
    return f" --compare {changes.previous if changes else NONE}"


def part(corpus: Corpus, name: str) -> Part:
    """How many labelled articles a part has, from when, and how many of no known date."""
    rows = corpus.rows(name)
    dates = corpus.articles["published_at"].take(rows).drop_null().to_pylist()
    first, last = (min(dates).date(), max(dates).date()) if dates else (None, None)
    return Part(name, len(rows), first, last, len(rows) - len(dates))


def category(
    bundle: Bundle,
    corpus: Corpus,
    answers: Mapping[str, Answers],
    figures: Resamples,
    column: int,
    replicates: int,
) -> CategoryTest:
    """One category's section."""
    key = corpus.keys[column]
    head = bundle.heads[key]
    test = corpus.rows(TEST)
    known = np.flatnonzero(np.isfinite(corpus.truth[test, column]))
    said = {name: one_column(answer, known, column) for name, answer in answers.items()}
    truth = corpus.truth[test[known], column] == 1
    against = rivals(figures, key)
    best = best_rival(against)
    asked = Asked(truth, said[HEADS], said[best.name] if best else None, corpus.clusters[test[known]], replicates)
    sources = corpus.articles["source"].take(test[known]).to_pylist()
    times = months(corpus, test[known])
    probability, verdicts = said[HEADS].probability[:, 0], said[HEADS].verdicts[:, 0]
    return CategoryTest(
        key=key,
        title=bundle.manifest["categories"][key]["title"],
        truth=truth,
        probability=probability,
        verdicts=verdicts,
        yes=head.decision.yes,
        no=head.decision.no,
        figures=intervals(figures[HEADS], key),
        kind=head.candidate.kind,
        rivals=against,
        mistakes=tuple(confident_mistakes(corpus, column, head, test[known], truth, probability, verdicts)),
        by_source=groups(sources, largest(sources), asked),
        sources=len(set(sources)),
        by_month=groups(times, in_order(times), asked),
    )


def one_column(answers: Answers, rows: Rows, column: int) -> Answers:
    """What a model says of one category on some of the articles."""
    return Answers(
        answers.probability[rows][:, [column]], answers.verdicts[rows][:, [column]], answers.thresholds[[column]]
    )


def intervals(figures: Mapping[str, Resampled], group: str) -> Figures:
    """A category's or an average's figures with their intervals."""
    return {name: figures[f"{group}.{name}"].interval for name in FIGURES}


def rivals(figures: Resamples, group: str) -> tuple[Rival, ...]:
    """The baselines' figures, and how far the heads are above them in average precision."""
    ours = figures[HEADS][f"{group}.average_precision"]
    return tuple(
        Rival(name, intervals(theirs, group), paired_difference(ours, theirs[f"{group}.average_precision"]))
        for name, theirs in figures.items()
        if name != HEADS
    )


def together(bundle: Bundle, corpus: Corpus, said: Answers, figures: Resamples) -> Together:
    """All categories at once."""
    titles = {key: bundle.manifest["categories"][key]["title"] for key in corpus.keys}
    truth = corpus.truth[corpus.rows(TEST)]
    averaged = averaged_metrics(corpus.keys, truth, said.probability, said.verdicts == "yes")
    counted = averaged_keys(corpus.keys, truth)
    totals = {name: total(found) for name, found in figures.items()}
    return Together(
        macro=intervals(figures[HEADS], "macro"),
        total=totals.pop(HEADS),
        totals=totals,
        rivals=rivals(figures, "macro"),
        averaged=tuple(titles[key] for key in counted),
        left_out=tuple(titles[key] for key in corpus.keys if key not in counted),
        cardinality=averaged["label_cardinality"],
        predicted_cardinality=averaged["predicted_cardinality"],
        co_occurrence=pairs(averaged["co_occurrence"], ("first", "second"), titles),
        confusions=pairs(averaged["confusions"], ("said", "true"), titles),
    )


def total(figures: Mapping[str, Resampled]) -> Total:
    """One model's figures of all verdicts at once."""
    whole = {name: figures[name].interval for name in ("subset_accuracy", "hamming_loss")}
    return Total(intervals(figures, "micro"), **whole)


def pairs(found: Sequence[Mapping[str, Any]], names: tuple[str, str], titles: Mapping[str, str]) -> tuple[Pair, ...]:
    """Pairs of categories under their titles; ``names`` are the keys of the first and the second."""
    return tuple(Pair(titles[row[names[0]]], titles[row[names[1]]], row["articles"]) for row in found)


def newsrooms(
    bundle: Bundle, corpus: Corpus, answers: Mapping[str, Answers], settings: EvaluateSettings
) -> dict[str, Newsroom]:
    """What two thresholds and a middle band would save under each model, at the precision promised."""
    precision = promised(bundle.manifest)
    promises = [(str(bundle.manifest["categories"][key]["title"]), precision[key]) for key in corpus.keys]
    test = corpus.rows(TEST)
    day = settings.minutes_per_article, settings.articles_per_day
    clusters = corpus.clusters[test].tolist()
    return {
        name: newsroom_gain(promises, corpus.truth[test], said.in_bands, day, clusters, settings.bootstrap)
        for name, said in answers.items()
    }
