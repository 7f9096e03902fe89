"""Agreement: how far two annotators say the same of the same articles, beyond what chance would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.arrays import Reals
from models.evaluation.bootstrap import Interval, cluster_bootstrap
from models.evaluation.exact import share_bounds
from models.evaluation.weighted import Statistic, ratio

CELLS = ("both_yes", "only_first", "only_second", "both_no")


@dataclass(frozen=True)
class Agreement:
    """Two annotators in one category.

    Parameters
    ----------
    shared
        Articles that both labelled: the sum of the four counts.
    both_yes, only_first, only_second, both_no
        Who said yes.
    share
        Share of the shared articles with the same label.
    kappa
        Cohen's kappa, 1 at best and 0 by chance. Where one of the two gives the same label to every article it is 0
        whatever the other says, and its interval NaN; where both give the same one, it is 0/0 and NaN, too.
    """

    shared: int
    both_yes: int
    only_first: int
    only_second: int
    both_no: int
    share: Interval
    kappa: Interval

    @property
    def constant(self) -> str:
        """Who gives one label to everything, so that kappa says nothing of the two; empty where nobody does."""
        yes_of = {"first": self.both_yes + self.only_first, "second": self.both_yes + self.only_second}
        labels = {who: "yes" if yes else "no" for who, yes in yes_of.items() if yes in (0, self.shared)}
        if len(labels) == 2 and labels["first"] == labels["second"]:
            return f"both say only {labels['first']}"
        return " and ".join(f"the {who} says only {value}" for who, value in labels.items())


def agreement_statistic(keys: Sequence[str], first: Reals, second: Reals) -> Statistic:
    """Prepare the figures of two annotators for any weighting of the articles.

    Kappa is Cohen's, "A coefficient of agreement for nominal scales" (Educational and Psychological Measurement 20,
    1960, page 40).

    Parameters
    ----------
    keys
        Category of each column.
    first, second
        (n, n_categories) 1.0, 0.0 or NaN where the annotator has no opinion.

    Returns
    -------
    Statistic
        Names ``KEY.share``, ``KEY.kappa`` and ``KEY.`` with each of `CELLS`; NaN is undefined.
    """
    both = np.isfinite(first) & np.isfinite(second)
    cells = [both & (first == mine) & (second == theirs) for mine in (1, 0) for theirs in (1, 0)]
    table = np.concatenate(cells, axis=1).astype(np.float64)

    def figures(weights: Reals) -> dict[str, Reals]:
        counts = (weights @ table).reshape(len(weights), len(CELLS), len(keys))
        return {
            f"{key}.{name}": value
            for column, key in enumerate(keys)
            for name, value in pair_figures(counts[:, :, column].T).items()
        }

    return figures


def pair_figures(counts: Reals) -> dict[str, Reals]:
    """Share and kappa from the four counts in the order of `CELLS`, (4, n_weightings)."""
    both_yes, only_first, only_second, both_no = counts
    shared = counts.sum(axis=0)
    share = ratio(both_yes + both_no, shared)
    first, second = ratio(both_yes + only_first, shared), ratio(both_yes + only_second, shared)
    chance = first * second + (1 - first) * (1 - second)
    return dict(zip(CELLS, counts, strict=True)) | {"share": share, "kappa": ratio(share - chance, 1 - chance)}


def agreement(
    keys: Sequence[str], first: Reals, second: Reals, clusters: Sequence[str], replicates: int
) -> dict[str, Agreement]:
    """Compare two annotators on the articles that both labelled, each category by itself.

    Parameters
    ----------
    keys, first, second
        See `agreement_statistic`.
    clusters
        Near-duplicate cluster of each of the n articles; intervals resample these.
    replicates
        Draws of the bootstrap.

    Returns
    -------
    dict
        Category → agreement, of the categories in which they share an article.
    """
    stories = np.asarray(clusters)
    agreements = {}
    for column, key in enumerate(keys):
        rows = np.isfinite(first[:, column]) & np.isfinite(second[:, column])
        if not rows.any():
            continue
        figures = agreement_statistic([key], first[rows, column, None], second[rows, column, None])
        drawn = cluster_bootstrap(figures, stories[rows].tolist(), replicates)
        cells = {name: int(drawn[f"{key}.{name}"].value) for name in CELLS}
        share, kappa = drawn[f"{key}.share"].interval, drawn[f"{key}.kappa"].interval
        agreements[key] = settled(
            Agreement(int(rows.sum()), **cells, share=share, kappa=kappa), len(np.unique(stories[rows]))
        )
    return agreements


def settled(resampled: Agreement, stories: int) -> Agreement:
    """Mend the intervals where somebody gives one label only, or nothing differs: the bootstrap sees no luck there.

    The share's bound is exact, see `exact`; kappa's is that of the share, at the same margins.
    """
    kappa = resampled.kappa
    if resampled.constant:
        kappa = Interval(np.nan if np.isnan(kappa.value) else 0.0, np.nan, np.nan)
    if resampled.only_first + resampled.only_second:
        return replace(resampled, kappa=kappa)
    low, _ = share_bounds(stories, stories)
    yes = resampled.both_yes / resampled.shared
    chance = yes**2 + (1 - yes) ** 2
    if not resampled.constant:
        kappa = Interval(1.0, (low - chance) / (1 - chance), 1.0)
    return replace(resampled, share=Interval(1.0, low, 1.0), kappa=kappa)
