"""One category's evidence: its test articles, its surest mistakes, and its groups by source and by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from models.arrays import Rows
from models.evaluation.answers import HEADS, Answers
from models.evaluation.figures import Rival
from models.heads.head import Head
from models.splits import TEST
from pipeline.embed.corpus import Corpus
from pipeline.evaluate.report.conclusion import best_rival
from pipeline.evaluate.report.evidence import CategoryEvidence
from pipeline.evaluate.report.groups import HeadAndRival, groups, in_order, largest, months
from pipeline.evaluate.report.mistakes import confident_mistakes


def category_evidence(
    title: str,
    head: Head,
    corpus: Corpus,
    answers: Mapping[str, Answers],
    rivals: Sequence[Rival],
    column: int,
    replicates: int,
) -> CategoryEvidence:
    """Gather what is known of a category's test articles with a label.

    Parameters
    ----------
    answers
        By model: the bundle's heads and each baseline.
    rivals
        The baselines' figures; the best stands beside the head in every group.
    column
        The category's column in the corpus and in all answers.
    replicates
        Draws of the bootstrap.
    """
    test = corpus.rows(TEST)
    with_label = np.flatnonzero(np.isfinite(corpus.truth[test, column]))
    rows = test[with_label]
    of_model = {name: one_column(model, with_label, column) for name, model in answers.items()}
    truth, heads = corpus.truth[rows, column] == 1, of_model[HEADS]
    best = best_rival(rivals)
    pair = HeadAndRival(truth, heads, of_model[best.name] if best else None, corpus.clusters[rows], replicates)
    sources, times = corpus.articles["source"].take(rows).to_pylist(), months(corpus, rows)
    probability, verdicts = heads.probability[:, 0], heads.verdicts[:, 0]
    return CategoryEvidence(
        key=corpus.keys[column],
        title=title,
        truth=truth,
        probability=probability,
        verdicts=verdicts,
        yes=head.decision.yes,
        no=head.decision.no,
        kind=head.candidate.kind,
        mistakes=tuple(confident_mistakes(corpus, column, head, rows, truth, probability, verdicts)),
        by_source=groups(sources, largest(sources), pair),
        by_month=groups(times, in_order(times), pair),
        sources=len(set(sources)),
    )


def one_column(answers: Answers, rows: Rows, column: int) -> Answers:
    """What a model says of one category on some of the articles."""
    return Answers(
        answers.probability[rows][:, [column]], answers.verdicts[rows][:, [column]], answers.thresholds[[column]]
    )
