"""Fitting: the heads that are new, side by side, from cached features."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, cpu_count, delayed
from threadpoolctl import threadpool_limits

from models.errors import ModelError
from models.features import Features
from models.fingerprint import fingerprint
from models.heads.candidates import Candidate, candidates
from models.heads.files import save_head
from models.heads.head import PROTOCOL, Head, Recipe, fit_head
from pipeline.config import Settings
from pipeline.errors import PipelineError
from pipeline.examples import Labelled, all_ids, examples_of
from pipeline.home import Home
from pipeline.views import open_views
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


@dataclass(frozen=True)
class Fitted:
    """A head just fitted, the candidates' figures when one was chosen, and how long it took."""

    head: Head
    tried: Mapping[str, float] | None
    seconds: float


def fit_all(home: Home, settings: Settings, tasks: Sequence[Task], say: Say) -> dict[str, Fitted]:
    """Fit heads side by side, each in a process and on one thread, and keep them and the choices made."""
    if not tasks:
        return {}
    ids = all_ids({task.key: task.data for task in tasks})
    features = open_views(home).features(ids)
    names = ids.to_numpy(zero_copy_only=False).astype(str)
    jobs = min(len(tasks), cpu_count()) if len(names) >= ROWS_WORTH_A_PROCESS else 1
    results = Parallel(n_jobs=jobs)(delayed(fit)(task, settings, names, features, say) for task in tasks)
    fitted = {task.key: found for task, found in zip(tasks, results, strict=True)}
    for task in tasks:
        save_head(fitted[task.key].head, task.folder(home, fitted[task.key].head.candidate))
    chosen = {key: found for key, found in fitted.items() if found.tried is not None}
    Choices(home.db).put({key: choice_record(found) for key, found in chosen.items()})
    return fitted


def fit(task: Task, settings: Settings, names: npt.NDArray[np.str_], features: Features, say: Say) -> Fitted:
    """Choose a candidate where none was chosen before, and fit the head."""
    started = time.perf_counter()
    examples = examples_of(task.data, names, features)
    tried = [task.choice] if task.choice else candidates(settings.train.candidates)
    try:
        with threadpool_limits(1):
            head, figures = fit_head(examples, tried, task.recipe, lambda line: say(f"{task.key}: {line}"))
    except ModelError as error:
        raise PipelineError(f"{task.key}: {error}", error.exit_code) from error
    say(f"{task.key}: {head.candidate.name}, {losses(head)}")
    return Fitted(head, None if task.choice else figures, round(time.perf_counter() - started, 3))


def losses(head: Head) -> str:
    """The log losses of a head in words."""
    validation = head.facts["validation_loss"]
    said = "none" if validation is None else f"{validation:.3f}"
    return f"log loss train {head.facts['train_loss']:.3f}, validation {said}"


def choice_record(found: Fitted) -> dict[str, Any]:
    """What is remembered of a choice."""
    candidate = found.head.candidate
    return {"kind": candidate.kind, "params": dict(candidate.params), "tried": dict(found.tried or {})}
