"""Groups: how good a head is on the articles of each source and of each month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Rows
from models.evaluation.answers import Answers, measure
from models.evaluation.registry import NAMES
from pipeline.embed.corpus import Corpus
from pipeline.evaluate.report.examples import Group

SOURCES_SHOWN = 12
NAMELESS = ""  # the one category that a group is measured in


def months(corpus: Corpus, rows: Rows) -> list[str]:
    """Month of each article as ``2024-05``; empty where the date is unknown."""
    dates = corpus.articles["published_at"].take(rows).to_pylist()
    return [f"{date:%Y-%m}" if date else "" for date in dates]


@dataclass(frozen=True)
class HeadAndRival:
    """One category's test articles with a known label, and what the head and its best rival say of them.

    Parameters
    ----------
    truth
        (n,) bool.
    head, rival
        Answers of one column; rival may be None.
    clusters, replicates
        (n,) near-duplicate clusters, which intervals resample, and the number of draws.
    """

    truth: npt.NDArray[np.bool_]
    head: Answers
    rival: Answers | None
    clusters: npt.NDArray[np.str_]
    replicates: int

    def group(self, name: str, rows: Rows) -> Group:
        """The figures of both on some of the articles, with intervals."""
        models = {"head": self.head, "rival": self.rival}
        answers = {name: some_rows(model, rows) for name, model in models.items() if model}
        truth = self.truth[rows]
        truths, clusters = truth[:, None].astype(np.float64), self.clusters[rows].tolist()
        resampled = measure([NAMELESS], truths, answers, clusters, self.replicates)
        figures = {
            name: {metric: drawn[f"{NAMELESS}.{metric}"].interval for metric in NAMES}
            for name, drawn in resampled.items()
        }
        return Group(name, len(rows), int(truth.sum()), figures["head"], figures.get("rival"))


def some_rows(answers: Answers, rows: Rows) -> Answers:
    """What a model says of some of the articles."""
    return Answers(answers.probability[rows], answers.verdicts[rows], answers.thresholds)


def groups(names: Sequence[str], shown: Sequence[str], pair: HeadAndRival) -> tuple[Group, ...]:
    """The figures of both on each source or month of those shown; ``names`` are those of the articles."""
    names_of_articles = np.asarray(names)
    return tuple(pair.group(name, np.flatnonzero(names_of_articles == name)) for name in shown)


def in_order(names: Sequence[str]) -> list[str]:
    """All names once, sorted; that of no name, of no known date, is the last."""
    return sorted(set(names), key=lambda name: (not name, name))


def largest(names: Sequence[str]) -> list[str]:
    """The names of the most articles, the most frequent first."""
    counts = Counter(names)
    return sorted(in_order(names), key=lambda name: -counts[name])[:SOURCES_SHOWN]
