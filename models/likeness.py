"""Likeness: which articles resemble those that were labelled, so that figures about the labelled say something of them.

A classifier that tells labelled articles from the rest finds them apart where labels came from some sources only; where
articles were labelled by lot, it cannot. The propensity of Rosenbaum and Rubin, "The central role of the propensity
score" (Biometrika 70, 1983), cut where the labelled ones end.
"""

from __future__ import annotations

import numpy as np

from models.arrays import Floats, Reals, Strings, Truth

FOLDS = 5
LEAST = 30  # articles of each side; fewer tell nothing
QUANTILE = 0.01  # of the labelled articles' own propensities


def like_labelled(dense: Floats, clusters: Strings, is_labelled: Truth) -> Truth:
    """Tell which articles are no less like the labelled ones than 99 in a hundred of these are.

    Every propensity is of a fit that saw neither the article nor its near-duplicates.

    Parameters
    ----------
    dense, clusters, is_labelled
        (n, dim) float32 vectors, near-duplicate clusters, and whether each article was labelled.

    Returns
    -------
    ndarray of shape (n,), bool
        All True where there are too few of one side.
    """
    stories = min(len(np.unique(clusters[is_labelled])), len(np.unique(clusters[~is_labelled])))
    if stories < LEAST:
        return np.ones(len(dense), dtype=bool)
    propensity = held_out_propensity(dense, clusters, is_labelled)
    return np.asarray(propensity >= np.quantile(propensity[is_labelled], QUANTILE))


def held_out_propensity(dense: Floats, clusters: Strings, is_labelled: Truth) -> Reals:
    """Probability of being labelled, (n,) float64, each from a fit on other stories."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    scaled = (dense - dense.mean(axis=0)) / (np.maximum(dense.std(axis=0), 1e-6) * np.sqrt(dense.shape[1]))
    propensity = np.empty(len(dense))
    for train, out in GroupKFold(FOLDS).split(scaled, groups=clusters):
        fit = LogisticRegression(C=1.0, class_weight="balanced", max_iter=200).fit(scaled[train], is_labelled[train])
        propensity[out] = fit.predict_proba(scaled[out])[:, 1]
    return propensity
