"""Label errors: which of one category's labels are probably wrong, by confident learning over held-out probabilities.

Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels" (JAIR 2021), as cleanlab has
it: a label counts as of the other class when its probability of that class is above the mean of those labelled so. The
counts, scaled to all labels, estimate how many are wrong (`num_label_issues` with `off_diagonal_calibrated`, which its
documentation advises below four classes). As many are suspected: those whose given label is the least probable
(`get_label_quality_scores`). cleanlab's default, a quota for each class, finds fewer errors at the same precision.

Several categories are as many questions of yes or no, one against the rest: Thyagarajan et al., "Identifying Incorrect
Annotations in Multi-Label Classification Data" (2022), and so it is in the source of cleanlab 2.9, where
`multilabel_classification.filter.find_multilabel_issues_per_class` asks about every column on its own. But it takes a
whole matrix and reads a label that is not there as 0, while unknown is not negative. Therefore each category comes here
alone, with nothing but its known labels; whoever has several joins them by their quality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from models.arrays import Reals, Truth
from models.heads.candidates import Candidate
from models.heads.choose import Fold
from models.heads.design import Design
from models.heads.head import Examples
from models.held_out import held_out_probability

LIKELY = 0.5  # a label that is more likely right than wrong is never suspected


@dataclass(frozen=True)
class Doubts:
    """What is doubted of one category's n labels.

    Parameters
    ----------
    probability
        (n,) float64 of yes, in [0, 1], by heads that did not learn from the article.
    quality
        (n,) float64 probability of the given label, in [0, 1]; the lowest is to be checked first.
    suspected
        (n,) bool: probably wrong.
    wrong_share
        Estimated share of wrong labels among the n.
    """

    probability: Reals
    quality: Reals
    suspected: Truth
    wrong_share: float


def find_label_errors(examples: Examples, candidate: Candidate, folds: Sequence[Fold]) -> Doubts:
    """Examine one category's labels on one thread, in two rounds: what the first suspects does not teach in the second.

    Wrong labels spoil the head that is to find them. Northcutt et al. train again without what they suspect for the
    head's sake; here it is for the list's.

    Parameters
    ----------
    examples
        Labelled articles outside the test, both kinds of labels among them.
    candidate
        The kind of head that is asked, and its parameters.
    folds
        See :func:`models.heads.choose.make_folds`: over all examples, near-duplicates in one of them.
    """
    truth = examples.truth
    with threadpool_limits(1):
        problem = candidate.prepare(Design(examples.features))
        first = doubt_labels(truth, held_out_probability(problem, truth, folds))
        return doubt_labels(truth, held_out_probability(problem, truth, folds, ~first.suspected))


def doubt_labels(truth: Truth, probability: Reals) -> Doubts:
    """Confident learning on one category's known labels.

    Parameters
    ----------
    truth
        (n,) bool labels; more than one of each kind.
    probability
        (n,) float64 of yes, held out.
    """
    from cleanlab.count import num_label_issues  # 2 s with pandas, which only those pay who examine labels
    from cleanlab.rank import get_label_quality_scores

    labels, both = truth.astype(np.int64), np.column_stack([1 - probability, probability])
    wrong = int(num_label_issues(labels, both, estimation_method="off_diagonal_calibrated"))
    quality = np.asarray(get_label_quality_scores(labels, both, method="self_confidence"), dtype=np.float64)
    suspected = np.zeros(len(truth), dtype=bool)
    suspected[np.argsort(quality, kind="stable")[:wrong]] = True
    return Doubts(probability, quality, suspected & (quality < LIKELY), wrong / len(truth))
