"""Composing: from a bundle, its corpus and the figures to what the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from models.bundles.load import Bundle
from models.evaluation.answers import HEADS, Answers
from models.evaluation.bootstrap import Resampled, paired_difference
from models.evaluation.metrics import averaged_metrics
from models.evaluation.weighted import FIGURES
from models.splits import TEST, TRAIN, VALIDATION
from pipeline.config import Evaluate
from pipeline.dataset.corpus import Corpus
from pipeline.report.changes import Changes
from pipeline.report.data import CategoryTest, Pair, Part, ReportData, Rival, Together
from pipeline.report.evidence import Figures
from pipeline.report.groups import groups, largest, months
from pipeline.report.mistakes import confident_mistakes
from pipeline.report.newsroom import Newsroom, newsroom_gain

Resamples = Mapping[str, Mapping[str, Resampled]]
COMMANDS = ("rubrika embed", "rubrika train")


def compose(
    bundle: Bundle,
    corpus: Corpus,
    answers: Mapping[str, Answers],
    figures: Resamples,
    settings: Evaluate,
    changes: Changes | None = None,
) -> ReportData:
    """Gather the page's data.

    Parameters
    ----------
    answers, figures
        By model: the bundle's heads and each baseline.
    changes
        What differs from an earlier bundle, if it is compared with one.
    """
    spec = bundle.manifest["encoder"]
    return ReportData(
        bundle=bundle.id,
        created=datetime.now(UTC),
        encoder=f"{spec['name']}, {spec['max_tokens']} токенов, {spec['precision']}",
        parts=tuple(part(corpus, name) for name in (TRAIN, VALIDATION, TEST)),
        categories=tuple(category(bundle, corpus, answers, figures, column) for column in range(len(corpus.keys))),
        together=together(bundle, corpus, answers[HEADS], figures),
        newsroom=newsroom(bundle, corpus, answers[HEADS], settings),
        changes=changes,
        commands=(*COMMANDS, f"rubrika evaluate --bundle {bundle.id}" + compared(changes)),
        resamples=settings.bootstrap,
    )


def compared(changes: Changes | None) -> str:
    """The option that made a comparison."""
    return f" --compare {changes.previous}" if changes else ""


def part(corpus: Corpus, name: str) -> Part:
    """How many labelled articles a part has, and from when."""
    dates = corpus.articles["published_at"].take(corpus.rows(name)).drop_null().to_pylist()
    first, last = (min(dates).date(), max(dates).date()) if dates else (None, None)
    return Part(name, len(corpus.rows(name)), first, last)


def category(
    bundle: Bundle, corpus: Corpus, answers: Mapping[str, Answers], figures: Resamples, column: int
) -> CategoryTest:
    """One category's section."""
    key = corpus.keys[column]
    head = bundle.heads[key]
    test = corpus.rows(TEST)
    known = np.flatnonzero(np.isfinite(corpus.truth[test, column]))
    said = answers[HEADS]
    truth = corpus.truth[test[known], column] == 1
    sources = corpus.articles["source"].take(test[known]).to_pylist()
    probability, verdicts = said.probability[known, column], said.verdicts[known, column]
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
        rivals=rivals(figures, key),
        mistakes=tuple(confident_mistakes(corpus, column, head, test[known], truth, probability, verdicts)),
        by_source=largest(groups(sources, truth, probability, verdicts)),
        sources=len(set(sources)),
        by_month=groups(months(corpus, test[known]), truth, probability, verdicts),
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
    averaged = averaged_metrics(corpus.keys, corpus.truth[corpus.rows(TEST)], said.probability, said.verdicts == "yes")
    return Together(
        macro=intervals(figures[HEADS], "macro"),
        micro=intervals(figures[HEADS], "micro"),
        subset_accuracy=figures[HEADS]["subset_accuracy"].interval,
        hamming_loss=figures[HEADS]["hamming_loss"].interval,
        rivals=rivals(figures, "macro"),
        cardinality=averaged["label_cardinality"],
        predicted_cardinality=averaged["predicted_cardinality"],
        co_occurrence=pairs(averaged["co_occurrence"], ("first", "second"), titles),
        confusions=pairs(averaged["confusions"], ("said", "true"), titles),
    )


def pairs(found: Sequence[Mapping[str, Any]], names: tuple[str, str], titles: Mapping[str, str]) -> tuple[Pair, ...]:
    """Pairs of categories under their titles; ``names`` are the keys of the first and the second."""
    return tuple(Pair(titles[row[names[0]]], titles[row[names[1]]], row["articles"]) for row in found)


def newsroom(bundle: Bundle, corpus: Corpus, said: Answers, settings: Evaluate) -> Newsroom:
    """What two thresholds and a middle band would save, at the precision the heads were trained for."""
    columns = enumerate(bundle.heads.values())
    verdicts = np.column_stack([head.band.verdicts(said.probability[:, j]) for j, head in columns])
    titles = [bundle.manifest["categories"][key]["title"] for key in corpus.keys]
    promised = bundle.manifest["settings"]["threshold"]["precision"]
    test = corpus.rows(TEST)
    day = settings.minutes_per_article, settings.articles_per_day
    clusters = corpus.clusters[test].tolist()
    return newsroom_gain(titles, corpus.truth[test], verdicts, promised, day, clusters, settings.bootstrap)
