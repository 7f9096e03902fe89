"""Assembling: from what every model says of the test articles to the evaluation, the one record of all figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np

from models.bundles.load import Bundle
from models.evaluation.answers import HEADS, Answers, measure
from models.evaluation.changes import Changes
from models.evaluation.evaluation import Evaluation
from models.evaluation.figures import BaselineFigures
from models.evaluation.gains import Day, NewsroomGain, NewsroomGainBesideBaselines, Promise
from models.evaluation.macro import averaged_keys
from models.evaluation.newsroom import newsroom_gain
from models.evaluation.overlaps import cardinality, co_occurrence, confusions
from models.evaluation.summary import heads_above, model_figures
from models.splits import TEST
from pipeline.embed.corpus import Corpus
from pipeline.setup.settings import EvaluateSettings


def assemble(
    bundle: Bundle,
    corpus: Corpus,
    answers: Mapping[str, Answers],
    settings: EvaluateSettings,
    changes: Changes | None,
    like_labelled: float = 1.0,
) -> Evaluation:
    """Compute every figure of the heads and the baselines.

    Parameters
    ----------
    answers
        By model: the bundle's heads and each baseline.
    changes
        What differs from an earlier bundle, if it is compared with one.
    like_labelled
        Share of the articles of the test's time that are like those labelled for every category.
    """
    test = corpus.rows(TEST)
    truth, clusters = corpus.truth[test], corpus.clusters[test].tolist()
    resampled = measure(corpus.keys, truth, answers, clusters, settings.bootstrap)
    heads, decided, has_label = resampled[HEADS], answers[HEADS].verdicts == "yes", np.isfinite(truth)
    figures = {
        name: model_figures(corpus.keys, truth, model.thresholds, resampled[name]) for name, model in answers.items()
    }
    return Evaluation(
        bundle=bundle.id,
        articles=len(test),
        evaluated_at=datetime.now(UTC).replace(microsecond=0),
        **figures.pop(HEADS),
        averaged=tuple(averaged_keys(corpus.keys, truth)),
        label_cardinality=cardinality(truth == 1, has_label),
        predicted_cardinality=cardinality(decided, has_label),
        co_occurrence=co_occurrence(corpus.keys, truth),
        confusions=confusions(corpus.keys, truth, decided),
        baselines={
            name: BaselineFigures(**theirs, heads_above=heads_above(corpus.keys, heads, resampled[name]))
            for name, theirs in figures.items()
        },
        newsroom=newsrooms(bundle, corpus, answers, settings, like_labelled),
        compare=changes,
    )


def newsrooms(
    bundle: Bundle, corpus: Corpus, answers: Mapping[str, Answers], settings: EvaluateSettings, like_labelled: float
) -> NewsroomGainBesideBaselines:
    """What two thresholds and a middle band would save under each model, at the precision promised."""
    titles, precision = bundle.titles, bundle.promised
    promises = {key: Promise(title=titles[key], promised=precision[key]) for key in corpus.keys}
    day = Day(minutes_per_article=settings.minutes_per_article, articles_per_day=settings.articles_per_day)
    test = corpus.rows(TEST)
    truth, clusters = corpus.truth[test], corpus.clusters[test].tolist()

    def gain(model: Answers) -> NewsroomGain:
        return newsroom_gain(promises, truth, model.in_bands, day, clusters, settings.bootstrap, like_labelled)

    baselines = {name: gain(model) for name, model in answers.items() if name != HEADS}
    return NewsroomGainBesideBaselines(**dict(gain(answers[HEADS])), baselines=baselines)
