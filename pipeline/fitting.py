"""Fitting: the heads that are new, side by side, from cached features."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from joblib import Parallel, cpu_count, delayed

from models.fingerprint import fingerprint
from models.heads.alone import Fitted, fit_alone
from models.heads.candidates import Candidate, candidates
from models.heads.files import save_head
from models.heads.head import PROTOCOL, Recipe
from pipeline.config import Settings
from pipeline.dataset.labelled import Labelled, all_ids, examples_of
from pipeline.dataset.views import open_views
from pipeline.home import Home
from store.choices import Choices

ROWS_WORTH_A_PROCESS = 1000  # below that, starting processes takes longer than fitting
Say = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """One category's labels, recipe and, where one was made before, choice."""

    key: str
    data: Labelled
    recipe: Recipe
    views: Mapping[str, Any]
    choice: Candidate | None

    def fingerprint(self, candidate: Candidate) -> str:
        """Name the head that this task gives with a candidate: nothing else changes a byte of it."""
        head = {"protocol": PROTOCOL, "kind": candidate.kind, "params": dict(candidate.params)}
        return fingerprint({**head, "recipe": asdict(self.recipe), "data": self.data.identity(), "views": self.views})

    def folder(self, home: Home, candidate: Candidate) -> Path:
        """Where that head is kept."""
        return home.path / "heads" / self.fingerprint(candidate)


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
    fitted = {task.key: found for task, found in zip(tasks, results, strict=True)}
    for task in tasks:
        save_head(fitted[task.key].head, task.folder(home, fitted[task.key].head.candidate))
    Choices(home.db).put({task.key: choice_record(fitted[task.key]) for task in tasks if task.choice is None})
    return fitted


def tried(task: Task, settings: Settings) -> list[Candidate]:
    """The candidate chosen before, or all there are to choose from."""
    return [task.choice] if task.choice else candidates(settings.train.candidates)


def choice_record(found: Fitted) -> dict[str, Any]:
    """What is remembered of a choice."""
    candidate = found.head.candidate
    return {"kind": candidate.kind, "params": dict(candidate.params), "tried": dict(found.tried)}
