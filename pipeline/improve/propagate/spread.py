"""One category: how many neighbours vote, how sure is sure enough, and the labels that follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from models.arrays import Floats, Reals
from models.coverage import Coverage, Label, coverage, promised_labels
from models.errors import ModelError
from models.heads.choose import make_folds
from models.propagation import FEWEST_FOLDS, Vote, spread
from pipeline.embed.labelled import Labelled
from pipeline.setup.settings import TrainSettings
from store.vectors import Vectors

PROMISES = (0.8, 0.9, 0.95, 0.99)  # shown besides the one asked for, so that a person sees what each costs
WINDOW_ARTICLES = 65_536  # vectors of so many at a time fit into memory, however large the store
OPINIONS = pa.schema(
    [("article_id", pa.string()), ("category", pa.string()), ("value", pa.int8()), ("confidence", pa.float32())]
)


@dataclass(frozen=True)
class CategoryPropagated:
    """How far one category's labels spread.

    Parameters
    ----------
    positives, negatives
        Labels that voted, all outside the test.
    prevalence
        Share of yes among them: what a guess of yes would be right, and one less it of no.
    k, average_precision
        Neighbours that vote, and the average precision on articles that had no part in choosing them.
    promises
        Promised precision → ``yes`` and ``no``, what it adds and what it comes to on articles that had no part in
        choosing k and cuts.
    yes, no
        Labels given at the promise that was asked for.
    reason
        Why nothing was spread; empty otherwise.
    """

    positives: int
    negatives: int
    prevalence: float | None
    k: int | None
    average_precision: float | None
    promises: dict[str, dict[Label, Coverage]]
    yes: int
    no: int
    reason: str = ""


def spread_one(
    key: str, rows: Labelled, unlabelled: pa.Array, vectors: Vectors, settings: TrainSettings, precision: float
) -> tuple[CategoryPropagated, pa.Table]:
    """Choose k and cuts on held-out articles, then let the labels vote on the unlabelled articles.

    Returns
    -------
    CategoryPropagated, pyarrow.Table
        What it comes to, and the opinions in the columns of ``OPINIONS``.
    """
    if short := too_few_to_vote(key, rows, settings.min_labels):
        return nothing_spread(rows, short), OPINIONS.empty_table()
    voters = vectors.get(pa.array(rows.ids.tolist(), pa.string()))
    most = max(settings.folds, FEWEST_FOLDS)
    try:
        folds = make_folds(np.arange(len(rows.ids)), rows.truth, rows.clusters, most, settings.seed)
        chosen = spread(voters, rows.truth, folds)
    except ModelError as error:
        return nothing_spread(rows, str(error)), OPINIONS.empty_table()
    probability = vote_on(unlabelled, vectors, voters, rows, chosen.vote)
    levels = sorted({*PROMISES, precision})
    promises = {f"{level:g}": coverage(chosen, probability, level) for level in levels}
    value = promised_labels(probability, promises[f"{precision:g}"])
    category = CategoryPropagated(
        positives=int(rows.truth.sum()),
        negatives=int((~rows.truth).sum()),
        prevalence=float(rows.truth.mean()),
        k=chosen.vote.k,
        average_precision=chosen.average_precision,
        promises=promises,
        yes=int((value == 1).sum()),
        no=int((value == 0).sum()),
    )
    return category, opinions_of(key, unlabelled, value, probability)


def too_few_to_vote(key: str, rows: Labelled, least: int) -> str:
    """Say which labels are missing for a vote; empty when there are enough."""
    counts = rows.counts()
    if min(counts.values()) >= least:
        return ""
    there = f"{counts['positives']} positives and {counts['negatives']} negatives outside the test"
    return f"{there}, {least} of each are needed; label more: rubrika suggest --category {key}"


def nothing_spread(rows: Labelled, reason: str) -> CategoryPropagated:
    """A category with too few labels."""
    counts = rows.counts()
    return CategoryPropagated(counts["positives"], counts["negatives"], None, None, None, {}, 0, 0, reason)


def vote_on(ids: pa.Array, vectors: Vectors, voters: Floats, rows: Labelled, vote: Vote) -> Reals:
    """Probability of yes for articles, some thousands at a time; (n_ids,) float64."""
    windows = (ids.slice(start, WINDOW_ARTICLES) for start in range(0, len(ids), WINDOW_ARTICLES))
    return np.concatenate([np.empty(0), *(vote.probability(vectors.get(some), voters, rows.truth) for some in windows)])


def opinions_of(key: str, unlabelled: pa.Array, value: npt.NDArray[np.int8], probability: Reals) -> pa.Table:
    """The opinions that are sure enough, with how sure."""
    sure = value >= 0
    ids, confidence = unlabelled.filter(pa.array(sure)), np.where(value == 1, probability, 1 - probability)[sure]
    columns = [ids, pa.array([key] * len(ids), pa.string()), pa.array(value[sure], pa.int8())]
    return pa.Table.from_arrays([*columns, pa.array(confidence, pa.float32())], schema=OPINIONS)
