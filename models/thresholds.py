"""Thresholds: from a probability to a verdict, yes, ask or no, under the newsroom's policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit, logit

from models.arrays import Reals, Rows, Strings, Truth

Policy = Literal["best-f1", "precision", "band"]
Verdict = Literal["yes", "ask", "no"]
NEVER = 1.01  # above every probability, and a number, so that it survives JSON and comparisons


@dataclass(frozen=True)
class Decision:
    """At `yes` or above the verdict is yes, below `no` it is no, between them a person is asked.

    Parameters
    ----------
    yes, no
        Probabilities, ``no <= yes``; ``yes`` above 1 means that nothing is ever sure enough.
    """

    yes: float
    no: float

    def verdicts(self, probability: Reals) -> Strings:
        """One verdict for each probability."""
        return np.where(probability >= self.yes, "yes", np.where(probability < self.no, "no", "ask"))


def decide(probability: Reals, truth: Truth, policy: Policy, precision: float) -> Decision:
    """Choose the thresholds on held-out probabilities.

    Parameters
    ----------
    probability, truth
        (n,) of the same articles, each scored by a fit that did not see it.
    policy
        ``best-f1``: one threshold for a high F1; ``precision``: the lowest one from which "yes" is right at least
        ``precision`` of the time; ``band``: the same for "yes" and for "no", people in between where they are needed.
    precision
        Share in (0, 1).
    """
    if policy == "best-f1":
        best = steady_f1_threshold(probability, truth)
        return Decision(best, best)
    # A band costs people time, so there is none where one cut keeps both promises.
    if policy == "band" and (cuts := cuts_without_people(probability, truth, precision)).size:
        nearest = float(cuts[np.argmin(np.abs(cuts - steady_f1_threshold(probability, truth)))])
        return Decision(nearest, nearest)
    yes = precise_threshold(probability, truth, precision)
    return Decision(yes, yes if policy == "precision" else safe_no_threshold(probability, truth, precision, yes))


def cuts_without_people(probability: Reals, truth: Truth, precision: float) -> Reals:
    """The cuts at which "yes" and "no" are both right at least ``precision`` of the time.

    Where there are some, a promise that is kept anyway is no reason to say "yes" as readily as it allows: the cut of
    these that is nearest to the one with the best F1 errs less, and still does when the news changes.
    """
    cuts, true_positives, predicted = cut_points(probability, truth)
    rejected, missed = len(truth) - predicted, truth.sum() - true_positives
    kept = (true_positives >= precision * predicted) & (rejected - missed >= precision * rejected)
    return np.asarray(cuts[kept])


def steady_f1_threshold(probability: Reals, truth: Truth) -> float:
    """The middle, on the log-odds axis, of the cut with the best F1 found and that with the best F1 to be expected.

    The first follows the labels, which are few and noisy near the cut; the second trusts the calibration. On held-out
    news the middle lost less F1 than either (docs/decisions.md).
    """
    # Clipped, since a cut of 0 or 1 is infinitely far on the log-odds axis.
    cuts = np.clip([best_f1_threshold(probability, truth), expected_f1_threshold(probability)], 1e-6, 1 - 1e-6)
    return float(expit(logit(cuts).mean()))


def expected_f1_threshold(probability: Reals) -> float:
    """The cut with the best F1 to be expected if every probability is right: Lipton et al., 2014, "Thresholding"."""
    ranked = np.sort(probability)[::-1]
    expected = 2 * np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    return float(ranked[int(np.argmax(expected))])


def best_f1_threshold(probability: Reals, truth: Truth) -> float:
    """The cut with the best F1, in the middle of the gap below the last article it lets in."""
    cuts, true_positives, predicted = cut_points(probability, truth)
    f1 = 2 * true_positives / (predicted + truth.sum())
    return float(cuts[int(np.argmax(f1))])


def precise_threshold(probability: Reals, truth: Truth, precision: float) -> float:
    """The lowest cut whose "yes" is right at least ``precision`` of the time; ``NEVER`` when there is none."""
    cuts, true_positives, predicted = cut_points(probability, truth)
    # The lowest, not the first from above: precision goes up and down along the cuts, and recall only grows.
    good = np.flatnonzero(true_positives / predicted >= precision)
    return float(cuts[good[-1]]) if len(good) else NEVER


def safe_no_threshold(probability: Reals, truth: Truth, precision: float, yes: float) -> float:
    """The highest cut up to ``yes`` whose "no" is right at least ``precision`` of the time; 0 when there is none."""
    cuts, true_positives, predicted = cut_points(probability, truth)
    # One cut more, above all articles, for the case that every one of them may be refused.
    cuts, missed = np.append(NEVER, cuts), truth.sum() - np.append(0, true_positives)
    rejected = len(truth) - np.append(0, predicted)
    good = (rejected - missed >= precision * rejected) & (rejected > 0) & (cuts <= yes)
    return float(cuts[good][0]) if good.any() else 0.0


def cut_points(probability: Reals, truth: Truth) -> tuple[Reals, Rows, Rows]:
    """Every place between two different probabilities, from the strictest: (cut, true positives, let in)."""
    # A cut lies between two values, not on one: what is scored later falls on neither side by a rounding error.
    order = np.argsort(-probability, kind="stable")
    ranked = probability[order]
    last = np.flatnonzero(np.append(ranked[:-1] != ranked[1:], True))
    below = np.append(ranked, 0.0)[last + 1]
    cuts = np.where(last + 1 < len(ranked), (ranked[last] + below) / 2, ranked[last])
    return cuts, np.cumsum(truth[order], dtype=np.intp)[last], last + 1
