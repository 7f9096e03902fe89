"""Assembling: from what every model says of the test articles to the evaluation, the one record of all figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np

from models.arrays import Reals
from models.bundles.load import Bundle
from models.evaluation.answers import HEADS, Answers, measure
from models.evaluation.bootstrap import Resampled
from models.evaluation.changes import Changes
from models.evaluation.evaluation import Evaluation
from models.evaluation.figures import MACRO, MICRO, BaselineFigures, CategoryFigures
from models.evaluation.gains import Day, NewsroomGain, NewsroomGainBesideBaselines, Promise
from models.evaluation.macro import averaged_keys
from models.evaluation.newsroom import newsroom_gain
from models.evaluation.overlaps import cardinality, co_occurrence, confusions
from models.evaluation.paired import paired_difference
from models.evaluation.registry import LEADING, NAMES
from models.evaluation.weighted import COUNTS
from models.splits import TEST
from pipeline.embed.corpus import Corpus
from pipeline.setup.settings import Evaluate


def assemble(
    bundle: Bundle, corpus: Corpus, answers: Mapping[str, Answers], settings: Evaluate, changes: Changes | None
) -> Evaluation:
    """Compute every figure of the heads and the baselines.

    Parameters
    ----------
    answers
        By model: the bundle's heads and each baseline.
    changes
        What differs from an earlier bundle, if it is compared with one.
    """
    test = corpus.rows(TEST)
    truth, clusters = corpus.truth[test], corpus.clusters[test].tolist()
    resampled = measure(corpus.keys, truth, answers, clusters, settings.bootstrap)
    heads, decided = resampled[HEADS], answers[HEADS].verdicts == "yes"
    has_label = np.isfinite(truth)
    return Evaluation(
        bundle=bundle.id,
        articles=len(test),
        evaluated_at=datetime.now(UTC).replace(microsecond=0),
        **model_figures(corpus, truth, answers[HEADS], heads),
        averaged=tuple(averaged_keys(corpus.keys, truth)),
        label_cardinality=cardinality(truth == 1, has_label),
        predicted_cardinality=cardinality(decided, has_label),
        co_occurrence=co_occurrence(corpus.keys, truth),
        confusions=confusions(corpus.keys, truth, decided),
        baselines={
            name: BaselineFigures(
                **model_figures(corpus, truth, answers[name], theirs), heads_above=heads_above(corpus, heads, theirs)
            )
            for name, theirs in resampled.items()
            if name != HEADS
        },
        newsroom=newsrooms(bundle, corpus, answers, settings),
        compare=changes,
    )


def model_figures(corpus: Corpus, truth: Reals, answers: Answers, resampled: Mapping[str, Resampled]) -> dict[str, Any]:
    """The fields of `ModelFigures` for one model."""
    return {
        "categories": {
            key: CategoryFigures(
                **values(resampled, key),
                **counts(resampled, key),
                threshold=float(answers.thresholds[column]),
                positives=int((truth[:, column] == 1).sum()),
                negatives=int((truth[:, column] == 0).sum()),
            )
            for column, key in enumerate(corpus.keys)
        },
        "macro": values(resampled, MACRO),
        "micro": {**values(resampled, MICRO), **counts(resampled, MICRO)},
        "subset_accuracy": resampled["subset_accuracy"].value,
        "hamming_loss": resampled["hamming_loss"].value,
        "intervals": {
            name: (figure.low, figure.high)
            for name, figure in ((name, drawn.interval) for name, drawn in resampled.items())
        },
    }


def values(resampled: Mapping[str, Resampled], group: str) -> dict[str, float]:
    """The metrics of one category or average, without their intervals."""
    return {name: resampled[f"{group}.{name}"].value for name in NAMES}


def counts(resampled: Mapping[str, Resampled], group: str) -> dict[str, int]:
    """Right and wrong verdicts of one category, or of all known pairs."""
    return {name: int(resampled[f"{group}.{name}"].value) for name in COUNTS}


def heads_above(corpus: Corpus, heads: Mapping[str, Resampled], theirs: Mapping[str, Resampled]) -> dict[str, Any]:
    """How far the heads are above a baseline in each category and on average, draw by draw."""
    names = {group: f"{group}.{LEADING.name}" for group in (*corpus.keys, MACRO)}
    return {group: paired_difference(heads[name], theirs[name]) for group, name in names.items()}


def newsrooms(
    bundle: Bundle, corpus: Corpus, answers: Mapping[str, Answers], settings: Evaluate
) -> NewsroomGainBesideBaselines:
    """What two thresholds and a middle band would save under each model, at the precision promised."""
    titles, precision = bundle.titles, bundle.promised
    promises = {key: Promise(title=titles[key], promised=precision[key]) for key in corpus.keys}
    day = Day(minutes_per_article=settings.minutes_per_article, articles_per_day=settings.articles_per_day)
    test = corpus.rows(TEST)
    truth, clusters = corpus.truth[test], corpus.clusters[test].tolist()

    def gain(model: Answers) -> NewsroomGain:
        return newsroom_gain(promises, truth, model.in_bands, day, clusters, settings.bootstrap)

    baselines = {name: gain(model) for name, model in answers.items() if name != HEADS}
    return NewsroomGainBesideBaselines(**dict(gain(answers[HEADS])), baselines=baselines)
