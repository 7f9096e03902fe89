"""Audit: an annotator's precision and recall from a sample of its labels that a person checked, drawn by strata.

Its "yes" are rarer than its "no" and are sampled more densely, so counts in the sample say nothing of recall until each
stratum is weighed by its size. Intervals: W. Webber, "Approximate recall confidence intervals" (ACM Transactions on
Information Systems 31(1), 2013, arXiv:1202.2880): a beta-binomial posterior of the positives in each stratum with
hyperparameters of a half, and recall by Monte Carlo. Only what was not checked is uncertain (finite populations).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.arrays import Reals
from models.evaluation.bootstrap import Interval, percentiles
from models.evaluation.weighted import ratio

DRAWS = 20_000
HALF = 0.5


@dataclass(frozen=True)
class Checked:
    """A stratum: the labels in it, those of them that a person checked, and of these the articles truly in."""

    population: int
    checked: int
    positive: int

    @property
    def estimate(self) -> float:
        """Articles of the stratum that are truly in the category; NaN when none of them was checked."""
        if not self.population:
            return 0.0
        return self.population * self.positive / self.checked if self.checked else np.nan

    def posterior(self, rng: np.random.Generator) -> Reals:
        """Draws of that number, (DRAWS,) float64."""
        if not self.population or not self.checked:
            return np.full(DRAWS, self.estimate)
        rate = rng.beta(self.positive + HALF, self.checked - self.positive + HALF, DRAWS)
        return self.positive + rng.binomial(self.population - self.checked, rate).astype(np.float64)


@dataclass(frozen=True)
class Audited:
    """What a check says of one category; NaN where it says nothing.

    Parameters
    ----------
    precision
        Share of the annotator's "yes" that are right.
    recall
        Share of the articles in the category that it said "yes" to.
    prevalence
        Share of its labelled articles that are in the category: the precision of saying "yes" to everything.
    """

    precision: Interval
    recall: Interval
    prevalence: Interval


def audited(yes: Checked, no: Checked, seed: int = 0) -> Audited:
    """Estimate precision, recall and prevalence with 95 % intervals.

    Parameters
    ----------
    yes, no
        What the annotator called in the category, and what not.
    seed
        Of the draws.
    """
    rng = np.random.default_rng(seed)
    inside, missed = yes.posterior(rng), no.posterior(rng)
    values = figures(np.array([yes.estimate]), np.array([no.estimate]), yes, no)
    drawn = figures(inside, missed, yes, no)
    return Audited(**{name: around(float(values[name][0]), drawn[name]) for name in values})


def figures(inside: Reals, missed: Reals, yes: Checked, no: Checked) -> dict[str, Reals]:
    """The figures, given how many articles in the category are among the "yes", and how many among the "no"."""
    labelled = np.full(inside.shape, float(yes.population + no.population))
    return {
        "precision": ratio(inside, np.full(inside.shape, float(yes.population))),
        "recall": ratio(inside, inside + missed),
        "prevalence": ratio(inside + missed, labelled),
    }


def around(value: float, drawn: Reals) -> Interval:
    """The middle 95 % of the draws, wide enough to hold the estimate.

    At zero errors the half prior leaves the estimate outside; Brown, Cai and DasGupta, "Interval estimation for a
    binomial proportion" (Statistical Science 16(2), 2001, section 4.1.2) let the interval end at 0 or 1 there.
    """
    if np.isnan(value):
        return Interval(value, np.nan, np.nan)
    low, high = percentiles(drawn)
    return Interval(value, min(low, value), max(high, value))
