"""Comparing bundles: one beside an earlier one on the same test articles, metric by metric and verdict by verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from models.arrays import Reals
from models.bundles.load import Bundle
from models.evaluation.answers import Answers, Resamples, answers_of_heads, measure
from models.evaluation.changes import Change, Changes, Flip, Gap
from models.evaluation.figures import MACRO
from models.evaluation.paired import mcnemar, paired_difference
from models.evaluation.registry import NAMES
from models.splits import TEST
from pipeline.embed.corpus import Corpus
from pipeline.embed.views import views_of
from pipeline.setup.home import Home
from pipeline.show.headline import headline

SHOWN = 6
BEFORE, AFTER = "before", "after"


def compare_bundles(
    home: Home, earlier: Bundle, bundle: Bundle, corpus: Corpus, answers: Answers, replicates: int
) -> Changes:
    """Ask an earlier bundle about the same test articles.

    Parameters
    ----------
    answers
        The bundle's own, a column for each category of the corpus.
    replicates
        Bootstrap resamples.

    Raises
    ------
    PipelineError, StoreError
        When the test articles have no features of the earlier bundle's encoder.
    """
    titles = bundle.titles
    common = {key: title for key, title in titles.items() if key in earlier.heads}
    features = views_of(home, earlier.manifest).features(corpus.articles["id"].take(corpus.rows(TEST)).combine_chunks())
    before = answers_of_heads({key: earlier.heads[key] for key in common}, features)
    after = columns_of(answers, [corpus.keys.index(key) for key in common])
    macro, categories = compare_answers(corpus, common, before, after, replicates)
    return Changes(
        bundle=earlier.id,
        categories=categories,
        macro=macro,
        added=tuple(title for key, title in titles.items() if key not in common),
        removed=tuple(title for key, title in earlier.titles.items() if key not in titles),
    )


def columns_of(answers: Answers, columns: list[int]) -> Answers:
    """The answers for some categories."""
    return Answers(answers.probability[:, columns], answers.verdicts[:, columns], answers.thresholds[columns])


def compare_answers(
    corpus: Corpus, titles: Mapping[str, str], before: Answers, after: Answers, replicates: int
) -> tuple[dict[str, Gap], dict[str, Change]]:
    """Compare two models' answers about the test articles of a corpus.

    Parameters
    ----------
    titles
        Category → title, in the order of the answers' columns; all are categories of the corpus.
    replicates
        Bootstrap resamples, the same for both.

    Returns
    -------
    dict, dict
        The gaps of the macro average, and each category's change.
    """
    test, columns = corpus.rows(TEST), [corpus.keys.index(key) for key in titles]
    truth = corpus.truth[test][:, columns]
    both = {BEFORE: before, AFTER: after}
    resampled = measure(list(titles), truth, both, corpus.clusters[test].tolist(), replicates)
    changes = {
        key: Change(title=title, **flips(corpus, truth[:, column], before, after, column), **gaps(resampled, key))
        for column, (key, title) in enumerate(titles.items())
    }
    return gaps(resampled, MACRO), changes


def gaps(resampled: Resamples, group: str) -> dict[str, Gap]:
    """Every metric of a category or average, before and after."""
    pairs = {name: [resampled[model][f"{group}.{name}"] for model in (BEFORE, AFTER)] for name in NAMES}
    return {name: Gap(old.interval, new.interval, paired_difference(new, old)) for name, (old, new) in pairs.items()}


def flips(corpus: Corpus, truth: Reals, before: Answers, after: Answers, column: int) -> dict[str, Any]:
    """Count the test articles with another verdict than before, and show those whose probability changed most.

    An article left to a person counts as "no" in McNemar's test, as in every other figure.

    Parameters
    ----------
    truth
        (n_test,) 1.0, 0.0 or NaN; unknown ones are left out.
    column
        The category's column in both answers.

    Returns
    -------
    dict
        The fields ``mcnemar``, ``flipped`` and ``flips`` of `Change`.
    """
    old, new = before.verdicts[:, column], after.verdicts[:, column]
    has_label = np.isfinite(truth)
    moved = np.abs(after.probability[:, column] - before.probability[:, column])
    flipped = np.flatnonzero(has_label & (old != new))
    shown = flipped[np.argsort(-moved[flipped], kind="stable")][:SHOWN]
    articles = corpus.articles.select(["id", "title", "text", "source"]).take(corpus.rows(TEST)[shown]).to_pylist()
    examples = tuple(
        Flip(
            id=article["id"],
            title=headline(article),
            truth=bool(truth[row] == 1),
            before=str(old[row]),
            after=str(new[row]),
            source=article["source"],
            probability_before=float(before.probability[row, column]),
            probability_after=float(after.probability[row, column]),
        )
        for article, row in zip(articles, shown, strict=True)
    )
    was_right, is_right = (((verdicts == "yes") == (truth == 1))[has_label] for verdicts in (old, new))
    return {"mcnemar": mcnemar(was_right, is_right), "flipped": len(flipped), "flips": examples}
