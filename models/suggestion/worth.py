"""Worth: what one more label of an article would teach, category by category, in three terms that add up.

Uncertainty sampling asks where a head is nearest to changing its verdict (Settles, "Active Learning Literature Survey",
2010, section 3.1). Alone it knows nothing of what the head is sure about and wrong, and finds few positives of a rare
category (Attenberg and Provost, "Why label when you can search?", KDD 2010), hence the two other terms. Summed over the
categories, an article that several heads doubt is worth more, as in Li and Guo, "Active learning with multi-label SVM
classification" (IJCAI 2013).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy.special import expit, logit

from models.arrays import Reals, Rows
from models.neighbours import nearest
from models.suggestion.guess import guess
from models.suggestion.pool import Pool

LIKELY_WORTH = 0.3  # of a sure positive, where the article that a head doubts most is 1
NEW_WORTH = 0.2  # of an article unlike everything labelled
NEVER_SURE = 1e-6  # log-odds of a probability of 0 or 1 are infinite


@dataclass(frozen=True)
class Worth:
    """The three terms of some articles, (n,) float64 each, at least 0.

    Parameters
    ----------
    uncertain
        The heads are near to changing their verdicts.
    rare
        It is likely of a category that has few positives.
    new
        It is unlike everything that is labelled.
    """

    uncertain: Reals
    rare: Reals
    new: Reals

    @property
    def total(self) -> Reals:
        """(n,) float64."""
        return self.uncertain + self.rare + self.new

    def of(self, rows: Rows) -> Worth:
        """The terms of some of the articles."""
        return Worth(self.uncertain[rows], self.rare[rows], self.new[rows])

    def reasons(self) -> list[str]:
        """The name of each article's largest term."""
        names = [field.name for field in fields(self)]
        largest = np.argmax([self.uncertain, self.rare, self.new], axis=0)
        return [names[term] for term in largest]


def worth(pool: Pool, rows: Rows) -> Worth:
    """Weigh articles of a pool; a category that the article or a near-duplicate is labelled for counts nothing."""
    weights = rarity(pool.labels) * ~pool.settled[rows]
    head = pool.has_head
    doubts = np.where(head, doubt(pool.probability[rows], pool.thresholds), 0.0)
    guesses = likely(pool)[rows]
    return Worth(
        (weights * doubts).sum(axis=1),
        (weights * np.where(head, LIKELY_WORTH * guesses, guesses)).sum(axis=1),
        NEW_WORTH * (weights * novelty(pool, rows)).sum(axis=1),
    )


def rarity(labels: Reals) -> Reals:
    """Weight of each category, 1 on average: it falls with the square root of the positives labelled so far."""
    weights = 1 / np.sqrt(1 + (labels == 1).sum(axis=0))
    return np.asarray(weights / weights.mean())


def doubt(probability: Reals, thresholds: Reals) -> Reals:
    """How near probabilities are to their threshold: 4 q (1 - q), q the probability moved so that the threshold is 0.5.

    1 at the threshold; 0.36 where the odds are ten to one against the verdict's turning.
    """
    odds = logit(np.clip(probability, NEVER_SURE, 1 - NEVER_SURE)) - logit(thresholds)
    moved = expit(odds)
    return np.asarray(4 * moved * (1 - moved))


def likely(pool: Pool) -> Reals:
    """(n, n_categories): the probability, or a guess in [0, 1] where there is no head."""
    likelihood = pool.probability.copy()
    for column in np.flatnonzero(~pool.has_head):
        labels = pool.labels[:, column]
        likelihood[:, column] = guess(pool.directions, pool.matches[:, column], labels == 1, labels == 0)
    return likelihood


def novelty(pool: Pool, rows: Rows) -> Reals:
    """1 - cosine to the nearest article that is labelled for the category, in [0, 1]; 1 where none is."""
    distance = np.ones((len(rows), pool.labels.shape[1]))
    for column in range(distance.shape[1]):
        labelled = np.flatnonzero(np.isfinite(pool.labels[:, column]))
        if len(labelled):
            cosine = nearest(pool.directions[rows], pool.directions[labelled], 1)[0][:, 0]
            distance[:, column] = 1 - np.clip(cosine, 0, 1)
    return distance
