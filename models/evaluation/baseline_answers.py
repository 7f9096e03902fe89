"""Baseline answers: what a baseline says of the test articles, fitted and cut as a head is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from models.arrays import Floats, Reals, Rows
from models.evaluation.answers import Answers
from models.evaluation.baselines import Baseline, make_baselines
from models.thresholds import Decision, best_f1_threshold, decide


def answers_of_baselines(
    texts: Sequence[str],
    vectors: Floats,
    truth: Reals,
    parts: tuple[Rows, Rows, Rows],
    promised: npt.ArrayLike = 0.9,
) -> dict[str, Answers]:
    """Fit the baselines on what the heads were fitted on and ask them about the test articles.

    Parameters
    ----------
    texts, vectors, truth
        Of all labelled articles; truth (n, n_categories) with NaN where unknown.
    parts
        Rows of train, validation and test.
    promised
        Precision of the bands in (0, 1), one for all or one a category.
    """
    baselines = make_baselines(texts, vectors, np.concatenate(parts[:2]))
    return {name: answer_as_heads_do(baseline, truth, parts, promised) for name, baseline in baselines.items()}


def answer_as_heads_do(
    baseline: Baseline, truth: Reals, parts: tuple[Rows, Rows, Rows], promised: npt.ArrayLike = 0.9, jobs: int = -1
) -> Answers:
    """Let a baseline answer for every category as a head does: a threshold from validation, then a fit on all labels.

    Parameters
    ----------
    truth
        (n, n_categories): 1.0, 0.0 or NaN where unknown; unknown pairs neither train nor validate.
    parts
        Rows of train, validation and test.
    promised
        Precision of the bands in (0, 1), one for all or one a category.
    """
    precisions = np.broadcast_to(np.asarray(promised, dtype=np.float64), truth.shape[1]).tolist()
    work = (
        delayed(answer_for_category)(baseline, truth[:, j], parts, precision) for j, precision in enumerate(precisions)
    )
    scores, thresholds, bands = zip(*Parallel(n_jobs=jobs, prefer="threads")(work), strict=True)
    probability, cuts = np.column_stack(scores), np.array(thresholds)
    return Answers(probability, np.where(probability >= cuts, "yes", "no"), cuts, bands)


def answer_for_category(
    baseline: Baseline, truth: Reals, parts: tuple[Rows, Rows, Rows], promised: float
) -> tuple[Reals, float, Decision]:
    """One category's scores on test, its threshold and its band; 0.5 for all three where validation tells nothing."""
    train, validation = (rows[np.isfinite(truth[rows])] for rows in parts[:2])
    right = truth[validation] == 1
    with threadpool_limits(1):
        threshold, band = 0.5, Decision(0.5, 0.5)
        scores = baseline.scores(train, truth[train] == 1, validation)
        if right.any() and np.ptp(scores) > 0:
            threshold, band = best_f1_threshold(scores, right), decide(scores, right, "band", promised)
        learn = np.concatenate([train, validation])
        return baseline.scores(learn, truth[learn] == 1, parts[2]), threshold, band
