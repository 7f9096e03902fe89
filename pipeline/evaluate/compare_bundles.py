"""Against: a bundle beside an earlier one on the same test articles, figure by figure and verdict by verdict."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.arrays import Reals
from models.bundles.load import Bundle
from models.evaluation.answers import Answers, answers_of_heads, measure
from models.evaluation.bootstrap import McNemar, Resampled, mcnemar, paired_difference
from models.evaluation.weighted import FIGURES
from models.splits import TEST
from pipeline.embed.corpus import Corpus
from pipeline.embed.views import views_of
from pipeline.evaluate.report.changes import Change, Changes, Gap
from pipeline.evaluate.report.evidence import Flip
from pipeline.setup.home import Home
from pipeline.show.headline import headline

SHOWN = 6
BEFORE, AFTER = "before", "after"


def against(home: Home, earlier: Bundle, bundle: Bundle, corpus: Corpus, answers: Answers, replicates: int) -> Changes:
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
    macro, changes = compare_answers(corpus, common, before, after, replicates)
    gone = {key: title for key, title in earlier.titles.items() if key not in titles}
    added = tuple(title for key, title in titles.items() if key not in common)
    return Changes(earlier.id, macro, changes, added, tuple(gone.values()))


def columns_of(answers: Answers, columns: list[int]) -> Answers:
    """The answers for some categories."""
    return Answers(answers.probability[:, columns], answers.verdicts[:, columns], answers.thresholds[columns])


def compare_answers(
    corpus: Corpus, titles: Mapping[str, str], before: Answers, after: Answers, replicates: int
) -> tuple[Mapping[str, Gap], tuple[Change, ...]]:
    """Compare two models' answers about the test articles of a corpus.

    Parameters
    ----------
    titles
        Category → title, in the order of the answers' columns; all are categories of the corpus.
    replicates
        Bootstrap resamples, the same for both.

    Returns
    -------
    dict, tuple of Change
        The gaps of the macro average, and each category's change.
    """
    test, columns = corpus.rows(TEST), [corpus.keys.index(key) for key in titles]
    truth = corpus.truth[test][:, columns]
    both = {BEFORE: before, AFTER: after}
    figures = measure(list(titles), truth, both, corpus.clusters[test].tolist(), replicates)
    return gaps(figures, "macro"), tuple(
        Change(key, title, gaps(figures, key), *flips(corpus, truth[:, place], before, after, place))
        for place, (key, title) in enumerate(titles.items())
    )


def gaps(figures: Mapping[str, Mapping[str, Resampled]], group: str) -> dict[str, Gap]:
    """Every figure of a category or average, before and after."""
    pairs = {name: (figures[BEFORE][f"{group}.{name}"], figures[AFTER][f"{group}.{name}"]) for name in FIGURES}
    return {name: Gap(old.interval, new.interval, paired_difference(new, old)) for name, (old, new) in pairs.items()}


def flips(
    corpus: Corpus, truth: Reals, before: Answers, after: Answers, column: int
) -> tuple[McNemar, int, tuple[Flip, ...]]:
    """Count the test articles with another verdict than before, and show those whose probability changed most.

    An article left to a person counts as "no" in McNemar's test, as in every other figure.

    Parameters
    ----------
    truth
        (n_test,) 1.0, 0.0 or NaN; unknown ones are left out.
    column
        The category's column in both answers.
    """
    old, new = before.verdicts[:, column], after.verdicts[:, column]
    known = np.isfinite(truth)
    moved = np.abs(after.probability[:, column] - before.probability[:, column])
    flipped = np.flatnonzero(known & (old != new))
    shown = flipped[np.argsort(-moved[flipped], kind="stable")][:SHOWN]
    articles = corpus.articles.select(["id", "title", "text", "source"]).take(corpus.rows(TEST)[shown]).to_pylist()
    examples = tuple(
        Flip(
            said["id"],
            headline(said),
            bool(truth[row] == 1),
            old[row],
            new[row],
            said["source"],
            float(before.probability[row, column]),
            float(after.probability[row, column]),
        )
        for said, row in zip(articles, shown, strict=True)
    )
    was_right, is_right = (((verdicts == "yes") == (truth == 1))[known] for verdicts in (old, new))
    return mcnemar(was_right, is_right), len(flipped), examples
