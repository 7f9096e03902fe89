"""Provenance: where a category's labels come from, and whether its head says yes far more often elsewhere.

If every yes comes from one source and every no from another, a head learns to tell the sources apart, and no figure on
labelled articles shows it: the test's labels come from the same places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.arrays import Strings, Truth

LEAST_LABELS = 10  # of a source; fewer of one kind may be chance
MORE_OFTEN = 2.0  # times the share labelled yes; labels asked for by `suggest` differ from the rest by less
MORE_BY = 0.1  # of all articles, so that a rare category does not warn for a handful


@dataclass(frozen=True)
class Provenance:
    """Facts about one category's labels outside the test, and its head's verdicts.

    Parameters
    ----------
    yes_labelled
        Share of labelled articles that are in the category.
    yes_all
        Share of all embedded articles, or a lot of them, that the head says yes to.
    only_yes, only_no
        Sources with at least ten labels, every one of them yes, or no.
    parted
        Whether no source has both a yes and a no.
    like_labelled
        Share of the articles of the test's time that resemble those labelled; None where it was not measured.
    """

    yes_labelled: float
    yes_all: float
    only_yes: tuple[str, ...]
    only_no: tuple[str, ...]
    parted: bool
    like_labelled: float | None = None

    @property
    def too_much_yes(self) -> bool:
        """Whether the head says yes to far more of all articles than the labels have."""
        return self.yes_all > max(MORE_OFTEN * self.yes_labelled, self.yes_labelled + MORE_BY)

    def warning(self, key: str) -> str:
        """What a person should know before trusting the head of category ``key``; empty where nothing is odd."""
        reasons = []
        if self.too_much_yes:
            reasons.append(
                f"its head says yes to {self.yes_all:.0%} of all articles, {self.yes_labelled:.0%} are labelled so"
            )
        if self.parted:
            reasons.append("no source has both a yes and a no, so the head may tell sources apart, not subjects")
        cure = f"label articles of every source both ways: rubrika suggest --category {key}"
        return f"{key}: {'; '.join(reasons)}; {cure}" if reasons else ""


def provenance(truth: Truth, sources: Strings, says_yes: Truth, like_labelled: float | None = None) -> Provenance:
    """Gather the facts.

    Parameters
    ----------
    truth, sources
        (n,) labels and sources of the category's labelled articles.
    says_yes
        (m,) whether the head says yes to each of all articles.
    like_labelled
        See `Provenance`.
    """
    names, source = np.unique(sources, return_inverse=True)
    labels = np.bincount(source, minlength=len(names))
    yes = np.bincount(source, weights=truth, minlength=len(names))
    enough = labels >= LEAST_LABELS
    return Provenance(
        yes_labelled=float(truth.mean()),
        yes_all=float(says_yes.mean()),
        only_yes=tuple(names[enough & (yes == labels)].tolist()),
        only_no=tuple(names[enough & (yes == 0)].tolist()),
        parted=not bool(((yes > 0) & (yes < labels)).any()),
        like_labelled=like_labelled,
    )
