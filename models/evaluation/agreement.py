"""Agreement: how far two annotators say the same of the same articles, beyond what chance would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.calibration import Reals
from models.evaluation.bootstrap import Interval, cluster_bootstrap
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
        Cohen's kappa, 1 at best and 0 by chance; NaN where one of the two gives the same label to every article.
    """

    shared: int
    both_yes: int
    only_first: int
    only_second: int
    both_no: int
    share: Interval
    kappa: Interval

    @property
    def undefined(self) -> str:
        """Why kappa says nothing: somebody gives one label to everything. Empty where it is defined."""
        said = {"first": self.both_yes + self.only_first, "second": self.both_yes + self.only_second}
        constant = {who: "yes" if yes else "no" for who, yes in said.items() if yes in (0, self.shared)}
        if len(set(constant.values())) == 1 and len(constant) == 2:
            return f"both say only {constant['first']}"
        return " and ".join(f"the {who} says only {value}" for who, value in constant.items())


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
    cells = [both & (first == one) & (second == other) for one in (1, 0) for other in (1, 0)]
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
    """Compare two annotators on the articles that both labelled.

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
    drawn = cluster_bootstrap(agreement_statistic(keys, first, second), clusters, replicates)
    stories = np.asarray(clusters)
    found = {}
    for column, key in enumerate(keys):
        rows = np.isfinite(first[:, column]) & np.isfinite(second[:, column])
        if not rows.any():
            continue
        yes, one, other, no = (int(drawn[f"{key}.{name}"].value) for name in CELLS)
        share, kappa = drawn[f"{key}.share"].interval, drawn[f"{key}.kappa"].interval
        said = Agreement(int(rows.sum()), yes, one, other, no, share, kappa)
        found[key] = settled(said, len(np.unique(stories[rows])))
    return found


def settled(said: Agreement, stories: int) -> Agreement:
    """Take back a kappa that says nothing, and mend the intervals where nothing differs and the bootstrap sees no luck.

    If none of n stories differs, the share of those that do is at most ``1 - 0.025 ** (1 / n)``: Clopper and Pearson,
    "The use of confidence or fiducial limits" (Biometrika 26, 1934). Kappa's bound is that of the share, at the same
    margins.
    """
    found = replace(said, kappa=Interval(np.nan, np.nan, np.nan)) if said.undefined else said
    if said.only_first + said.only_second:
        return found
    low, yes = 0.025 ** (1 / stories), said.both_yes / said.shared
    chance = yes**2 + (1 - yes) ** 2
    kappa = found.kappa if said.undefined else Interval(1.0, (low - chance) / (1 - chance), 1.0)
    return replace(found, share=Interval(1.0, low, 1.0), kappa=kappa)
