"""Coverage: how many labels a promised precision lets through, and what the promise comes to on articles held out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from models.arrays import Reals, Truth
from models.evaluation.bootstrap import Interval
from models.propagation import FoldCheck, Spread
from models.thresholds import cut_points

Label = Literal["yes", "no"]
LABELS: tuple[Label, ...] = ("yes", "no")
LEAST = float(np.nextafter(0.5, 1))  # at a half or below, the other label is as likely
ONE_SIDED = 1.6449  # of the normal distribution, 95 %


@dataclass(frozen=True)
class Coverage:
    """What one promise of precision is worth for one of the two labels.

    Parameters
    ----------
    cut
        Confidence from which the label is given, above 0.5: the probability of yes, or of no; None where no cut keeps
        the promise.
    precision
        Share of articles beyond cuts chosen without them whose label is that, with its 95 % interval (Wilson 1927);
        None where there are no such articles.
    held_out
        Those articles.
    adds
        Unlabelled articles beyond the cut.
    """

    cut: float | None
    precision: Interval | None
    held_out: int
    adds: int


def coverage(spread: Spread, probability: Reals, promise: float) -> dict[Label, Coverage]:
    """What a promise is worth for both labels.

    Parameters
    ----------
    probability
        (n_unlabelled,) of yes.
    promise
        Precision, in (0, 1), of yes and of no.
    """
    return {label: label_coverage(spread, probability, promise, label) for label in LABELS}


def label_coverage(spread: Spread, probability: Reals, promise: float, label: Label) -> Coverage:
    """One label's coverage; nothing is given where the articles held out do not keep the promise."""
    cut = lowest_cut(*sure_of(label, spread.vote.held_out, spread.vote.truth), promise)
    measured = np.concatenate([beyond_cut(check, promise, label) for check in spread.checks])
    # Measured with cuts that the measured articles had no part in choosing, but served with the cut of all of them.
    if not len(measured):
        return Coverage(None, None, 0, 0)
    if np.isinf(cut) or measured.mean() < promise:
        return Coverage(None, share_right(measured), len(measured), 0)
    confidence, _ = sure_of(label, probability, np.zeros(len(probability), dtype=bool))
    return Coverage(cut, share_right(measured), len(measured), int((confidence >= cut).sum()))


def beyond_cut(check: FoldCheck, promise: float, label: Label) -> Truth:
    """Whether the label is right, for the articles of a fold beyond the cut that was chosen without them."""
    cut = lowest_cut(*sure_of(label, check.vote.held_out, check.vote.truth), promise)
    confidence, right = sure_of(label, check.probability, check.truth)
    return np.asarray(right[confidence >= cut])


def sure_of(label: Label, probability: Reals, truth: Truth) -> tuple[Reals, Truth]:
    """How sure a label is of each article, and whether it is right."""
    return (probability, truth) if label == "yes" else (1 - probability, ~truth)


def lowest_cut(confidence: Reals, right: Truth, promise: float) -> float:
    """The lowest cut, from 0.5, beyond which labels are right as often as promised even with bad luck; else infinity.

    Bad luck is the lower bound of Wilson's one-sided 95 % interval: of the many cuts tried, the one that just keeps a
    promise does so partly by chance.
    """
    sure = confidence >= LEAST
    if not sure.any():
        return np.inf
    cuts, rights, given = cut_points(confidence[sure], right[sure])
    # The last one that keeps the promise, not the first that breaks it: near the top few articles make the bound jump.
    good = np.flatnonzero(wilson_low(rights / given, given) >= promise)
    return max(LEAST, float(cuts[good[-1]])) if len(good) else np.inf


def wilson_low(share: Reals, size: npt.NDArray[np.intp]) -> Reals:
    """Lower bound of many shares, Wilson, "Probable inference, the law of succession" (JASA 22, 1927).

    scipy's `proportion_ci`, which the tests hold this to, takes one share at a time, 1 ms each; there are thousands.
    """
    luck = ONE_SIDED**2 / size
    return np.asarray((share + luck / 2 - np.sqrt(luck * (share * (1 - share) + luck / 4))) / (1 + luck))


def share_right(right: Truth) -> Interval:
    """A share with its two-sided 95 % interval."""
    low, high = binomtest(int(right.sum()), len(right)).proportion_ci(method="wilson")
    return Interval(float(right.mean()), float(low), float(high))


def promised_labels(probability: Reals, covered: Mapping[Label, Coverage]) -> npt.NDArray[np.int8]:
    """1, 0 or -1 (none) for probabilities, (n_unlabelled,) int8."""
    yes, no = covered["yes"].cut, covered["no"].cut
    sure = [probability >= (np.inf if yes is None else yes), 1 - probability >= (np.inf if no is None else no)]
    return np.select(sure, [1, 0], -1).astype(np.int8)
