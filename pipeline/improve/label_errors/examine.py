"""Examine: every category's labels outside the test, side by side, each label by heads that did not learn from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, cpu_count, delayed

from models.arrays import Strings
from models.errors import ModelError
from models.features import Features
from models.heads.choose import Fold, make_folds
from models.label_errors import Doubts, find_label_errors
from pipeline.embed.labelled import Labelled, all_ids, examples_of
from pipeline.embed.views import open_views
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.progress import progress
from pipeline.train.fit import ROWS_WORTH_A_PROCESS
from pipeline.train.plan import Task, candidate, plan, shortage


@dataclass(frozen=True)
class Examination:
    """What is known and what is doubted of the labels outside the test.

    Parameters
    ----------
    ids, features
        (n,) sorted ids of the articles that were examined, and their views.
    labels
        Category → its labels, also of those that could not be examined.
    doubts
        Category → what is doubted, row by row of its labels.
    skipped
        Category → why its labels could not be examined.
    """

    ids: Strings
    features: Features
    labels: Mapping[str, Labelled]
    doubts: Mapping[str, Doubts]
    skipped: Mapping[str, str]


def examine_labels(home: Home, settings: Settings, keys: Sequence[str], *, quiet: bool) -> Examination:
    """Examine the labels of some categories.

    A head is of the kind and parameters chosen before, else of the default ones: nothing is chosen here.

    Raises
    ------
    PipelineError
        When nothing is embedded or no category has labels enough.
    """
    views = open_views(home)
    tasks = plan(home, settings, views.identity(), keys, choose=False)
    folds, skipped = folds_of(tasks, settings)
    if not folds:
        nearest = max(tasks, key=lambda task: min(task.data.counts().values()))
        raise PipelineError(f"no labels can be examined; {skipped[nearest.key]}")
    able = [task for task in tasks if task.key in folds]
    ids = all_ids({task.key: task.data for task in able})
    names, features = ids.to_numpy(zero_copy_only=False).astype(str), views.features(ids)
    doubts = doubt_all(able, folds, names, features, settings, quiet=quiet)
    return Examination(names, features, {task.key: task.data for task in tasks}, doubts, skipped)


def folds_of(tasks: Sequence[Task], settings: Settings) -> tuple[dict[str, list[Fold]], dict[str, str]]:
    """The folds of every category that can be examined, and why the others cannot."""
    folds: dict[str, list[Fold]] = {}
    skipped: dict[str, str] = {}
    for task in tasks:
        data, short = task.data, shortage(task, settings)
        try:
            if not short:
                rows = np.arange(len(data.ids))
                folds[task.key] = make_folds(rows, data.truth, data.clusters, settings.train.folds, settings.train.seed)
        except ModelError as error:
            short = f"{task.key}: {error}"
        if short:
            skipped[task.key] = short
    return folds, skipped


def doubt_all(
    tasks: Sequence[Task],
    folds: Mapping[str, Sequence[Fold]],
    ids: Strings,
    features: Features,
    settings: Settings,
    *,
    quiet: bool,
) -> dict[str, Doubts]:
    """Find the label errors of every category, each in a process and on one thread."""
    work = (
        delayed(find_label_errors)(examples_of(task.data, ids, features), candidate(task, settings), folds[task.key])
        for task in tasks
    )
    jobs = min(len(tasks), cpu_count()) if len(ids) >= ROWS_WORTH_A_PROCESS else 1
    doubts_of = {}
    with progress("label errors", len(tasks), "categories", quiet=quiet) as advance:
        for task, doubts in zip(tasks, Parallel(n_jobs=jobs, return_as="generator")(work), strict=True):
            doubts_of[task.key] = doubts
            advance(1)
    return doubts_of
