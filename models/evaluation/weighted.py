"""Weighted: one category's articles under many weightings at once, as the bootstrap needs them.

A resample is a weight per article (how often it was drawn), so a thousand resamples are one matrix, and every figure
is a matrix product or a running sum over articles in the order of their probability.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from models.arrays import Reals, Truth

BINS = 10
COUNTS = ("tp", "fp", "fn", "tn")

Statistic = Callable[[Reals], Mapping[str, Reals]]


@dataclass(frozen=True)
class Sample:
    """One category's articles with a known label; what any weighting needs of them is computed once.

    Parameters
    ----------
    truth, probability, decided
        (n,) bool, float64 in [0, 1] and bool: what is so, how sure the head is, and whether it says yes.
    """

    truth: Truth
    probability: Reals
    decided: Truth

    @cached_property
    def order(self) -> npt.NDArray[np.intp]:
        """(n,) places of the articles, the most probable first."""
        return np.argsort(-self.probability, kind="stable")

    @cached_property
    def ends(self) -> npt.NDArray[np.intp]:
        """The last place in that order of every run of equal probabilities: ties are one step of a ranking."""
        return np.flatnonzero(np.diff(self.probability[self.order], append=-1.0))

    @cached_property
    def outcomes(self) -> Reals:
        """(n, 4) 1.0 in the column of `COUNTS` that an article counts in."""
        truth, decided = self.truth, self.decided
        cells = [truth & decided, ~truth & decided, truth & ~decided, ~truth & ~decided]
        return np.column_stack(cells).astype(np.float64)

    @cached_property
    def errors(self) -> Reals:
        """(n,) how far the probability is below what is so."""
        return np.asarray(self.truth - self.probability)

    @cached_property
    def errors_in_bins(self) -> Reals:
        """(n, n_bins) that error in the column of the article's bin, made once on the whole sample."""
        bins = equal_mass_bins(self.probability)
        return np.asarray(np.equal.outer(bins, np.unique(bins)) * self.errors[:, None])


@dataclass(frozen=True)
class Weighed:
    """A sample under weightings of its articles; every figure of it is (n_weightings,) float64.

    Parameters
    ----------
    weights
        (n_weightings, n) float64.
    """

    sample: Sample
    weights: Reals

    def sums(self, columns: Reals) -> Reals:
        """Weighted sums of a value per article: (n_weightings,) of (n,), (n_weightings, k) of (n, k)."""
        return np.asarray(self.weights @ columns)

    @cached_property
    def counts(self) -> dict[str, Reals]:
        """`COUNTS`: right and wrong "yes", wrong and right "no"."""
        return dict(zip(COUNTS, self.sums(self.sample.outcomes).T, strict=True))

    @property
    def total(self) -> Reals:
        """Weight of all articles."""
        tp, fp, fn, tn = self.counts.values()
        return tp + fp + fn + tn

    @cached_property
    def ranked(self) -> tuple[Reals, Reals]:
        """Weight of the positives and of all articles from the most probable down to each step of the ranking."""
        weights = self.weights[:, self.sample.order]
        truth = self.sample.truth[self.sample.order].astype(np.float64)
        positive = np.cumsum(weights * truth, axis=1)[:, self.sample.ends]
        return positive, np.cumsum(weights, axis=1)[:, self.sample.ends]


def equal_mass_bins(probability: Reals, bins: int = BINS) -> npt.NDArray[np.intp]:
    """Put articles into bins of the same size by probability; equal probabilities share a bin.

    Bins of equal width leave most of their articles in the two outer ones, and the error of the rest to chance: Nguyen
    and O'Connor, "Posterior calibration and exploratory analysis for natural language processing models" (EMNLP 2015);
    Roelofs et al., "Mitigating bias in calibration error estimation" (AISTATS 2022) find them less biased as well.

    Returns
    -------
    ndarray of shape (n,), int
        Bin of each article, 0 the least probable.
    """
    _, first, place = np.unique(np.sort(probability), return_index=True, return_inverse=True)
    position = np.empty(len(probability), dtype=np.intp)
    position[np.argsort(probability, kind="stable")] = first[place]
    return np.asarray(position * bins // max(len(probability), 1), dtype=np.intp)


def ratio(part: Reals, whole: Reals) -> Reals:
    """``part / whole``, NaN where the whole is nothing."""
    return np.asarray(np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0))
