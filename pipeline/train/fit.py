"""Fitting: the heads that are new, side by side, from cached features."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from joblib import Parallel, cpu_count, delayed

from models.heads.alone import Fitted, fit_alone
from models.heads.files import save_head
from pipeline.embed.labelled import all_ids, examples_of
from pipeline.embed.views import open_views
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.progress import Say
from pipeline.train.plan import Task, tried
from store.choices import Choices

ROWS_WORTH_A_PROCESS = 1000  # below that, starting processes takes longer than fitting


def fit_all(home: Home, settings: Settings, tasks: Sequence[Task], say: Say) -> dict[str, Fitted]:
    """Fit heads side by side, each in a process and on one thread, and keep them and the choices made."""
    if not tasks:
        return {}
    ids = all_ids({task.key: task.data for task in tasks})
    features = open_views(home).features(ids)
    names = ids.to_numpy(zero_copy_only=False).astype(str)
    jobs = min(len(tasks), cpu_count()) if len(names) >= ROWS_WORTH_A_PROCESS else 1
    results = Parallel(n_jobs=jobs)(
        delayed(fit_alone)(task.key, examples_of(task.data, names, features), tried(task, settings), task.recipe, say)
        for task in tasks
    )
    fitted = {task.key: result for task, result in zip(tasks, results, strict=True)}
    for task in tasks:
        save_head(fitted[task.key].head, task.folder(home, fitted[task.key].head.candidate))
    Choices(home.db).put({task.key: choice_record(fitted[task.key]) for task in tasks if task.choice is None})
    return fitted


def choice_record(fitted: Fitted) -> dict[str, Any]:
    """What is remembered of a choice."""
    candidate = fitted.head.candidate
    return {"kind": candidate.kind, "params": dict(candidate.params), "tried": dict(fitted.tried)}
