"""Changes: a bundle against an earlier one on the same test articles, figure by figure and verdict by verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.bootstrap import Difference, Interval, McNemar, Resampled, mcnemar, paired_difference
from models.calibration import Reals
from models.compare import Answers, measure
from models.splits import TEST
from models.weighted_metrics import FIGURES
from pipeline.corpus import Corpus
from pipeline.report.evidence import Flip, headline

SHOWN = 6
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Gap:
    """One figure of both bundles and the difference on the same resamples."""

    before: Interval
    after: Interval
    difference: Difference


@dataclass(frozen=True)
class Change:
    """One category against the earlier bundle.

    Parameters
    ----------
    gaps
        Figure → both values and the paired difference.
    mcnemar
        Articles that only the earlier, or only the newer one has right, and the exact test of "equally often".
    flipped, flips
        How many verdicts changed, and those whose probability changed most.
    """

    key: str
    title: str
    gaps: Mapping[str, Gap]
    mcnemar: McNemar
    flipped: int
    flips: tuple[Flip, ...]


@dataclass(frozen=True)
class Changes:
    """A bundle against an earlier one.

    Parameters
    ----------
    previous
        The earlier bundle.
    macro
        Mean over the categories that both have.
    categories
        Those categories.
    added, removed
        Titles of the categories that only the newer, and only the earlier one has.
    """

    previous: str
    macro: Mapping[str, Gap]
    categories: tuple[Change, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def flipped(self) -> int:
        """Verdicts that changed, over all categories."""
        return sum(change.flipped for change in self.categories)


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
    truth = corpus.truth[np.ix_(test, columns)]
    both = {BEFORE: before, AFTER: after}
    figures = measure(list(titles), truth, both, corpus.clusters[test].tolist(), replicates)
    return gaps(figures, "macro"), tuple(
        Change(key, title, gaps(figures, key), *flips(corpus, truth[:, place], before, after, place))
        for place, (key, title) in enumerate(titles.items())
    )


def gaps(figures: Mapping[str, Mapping[str, Resampled]], group: str) -> dict[str, Gap]:
    """Every figure of a category or average, before and after."""
    pairs = {name: (figures[BEFORE][f"{group}.{name}"], figures[AFTER][f"{group}.{name}"]) for name in FIGURES}
    return {
        name: Gap(old.interval, new.interval, paired_difference(new, old)) for name, (old, new) in pairs.items()
    }


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
        Flip(said["id"], headline(said), bool(truth[row] == 1), str(old[row]), str(new[row]))
        for said, row in zip(articles, shown, strict=True)
    )
    return mcnemar((old == right)[known], (new == right)[known]), len(flipped), examples
