"""Against: a bundle beside an earlier one on the same test articles, figure by figure and verdict by verdict."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.bundles.load import Bundle, load_bundle
from models.bundles.names import find_bundle
from models.calibration import Reals
from models.evaluation.answers import Answers, answers_of_heads, measure
from models.evaluation.bootstrap import McNemar, Resampled, mcnemar, paired_difference
from models.evaluation.weighted import FIGURES
from models.splits import TEST
from pipeline.bundles.keys_of_now import under_keys_of_now
from pipeline.dataset.corpus import Corpus
from pipeline.dataset.views import views_of
from pipeline.errors import PipelineError
from pipeline.home import Home
from pipeline.report.changes import Change, Changes, Gap
from pipeline.report.evidence import Flip, headline

SHOWN = 6
BEFORE, AFTER = "before", "after"


def earlier_bundle(home: Home, name: str, bundle: Bundle) -> Bundle:
    """Load the bundle to compare with, its categories under their keys of now.

    Raises
    ------
    ModelError
        When there is no such bundle, or it is damaged.
    PipelineError
        When it is the bundle itself, or shares no category with it (exit code 2).
    """
    earlier = under_keys_of_now(home, load_bundle(home.path, find_bundle(home.path, name)))
    if earlier.id == bundle.id:
        raise PipelineError(f"bundle {bundle.id} is the one evaluated; compare with another: rubrika bundle list", 2)
    if not earlier.heads.keys() & bundle.heads.keys():
        keys = ", ".join(earlier.heads)
        raise PipelineError(f"bundle {earlier.id} has none of these categories, it has {keys}: rubrika bundle list", 2)
    return earlier


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
    titles = {key: str(said["title"]) for key, said in bundle.manifest["categories"].items()}
    common = {key: title for key, title in titles.items() if key in earlier.heads}
    features = views_of(home, earlier.manifest).features(corpus.articles["id"].take(corpus.rows(TEST)).combine_chunks())
    before = answers_of_heads({key: earlier.heads[key] for key in common}, features)
    after = columns_of(answers, [corpus.keys.index(key) for key in common])
    macro, changes = compare_answers(corpus, common, before, after, replicates)
    gone = {key: str(said["title"]) for key, said in earlier.manifest["categories"].items() if key not in titles}
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

    Parameters
    ----------
    truth
        (n_test,) 1.0, 0.0 or NaN; unknown ones are left out.
    column
        The category's column in both answers.
    """
    old, new = before.verdicts[:, column], after.verdicts[:, column]
    known = np.isfinite(truth)
    right = np.where(truth == 1, "yes", "no")
    moved = np.abs(after.probability[:, column] - before.probability[:, column])
    flipped = np.flatnonzero(known & (old != new))
    shown = flipped[np.argsort(-moved[flipped], kind="stable")][:SHOWN]
    articles = corpus.articles.select(["id", "title", "text"]).take(corpus.rows(TEST)[shown]).to_pylist()
    examples = tuple(
        Flip(said["id"], headline(said), bool(truth[row] == 1), was, now)
        for said, row, was, now in zip(articles, shown, old[shown].tolist(), new[shown].tolist(), strict=True)
    )
    return mcnemar((old == right)[known], (new == right)[known]), len(flipped), examples
