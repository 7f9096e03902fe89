"""Train: one head per category from cached features; a head whose fingerprint did not change is not touched."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from joblib import Parallel, cpu_count, delayed
from threadpoolctl import threadpool_limits

from models import bundles
from models.errors import ModelError
from models.features import Features
from models.fingerprint import fingerprint
from models.heads.candidates import Candidate, candidates
from models.heads.files import load_head, save_head
from models.heads.head import PROTOCOL, Head, Recipe, fit_head
from pipeline.config import Category, Settings
from pipeline.errors import PipelineError
from pipeline.examples import Labelled, all_ids, examples_of, labelled
from pipeline.home import Home
from pipeline.manifest import make_manifest, newest_heads
from pipeline.views import open_views
from store.choices import Choices

State = Literal["trained", "reused", "skipped"]
Say = Callable[[str], None]


@dataclass(frozen=True)
class CategoryTrained:
    """What became of one category.

    Parameters
    ----------
    state
        ``trained`` now, ``reused`` unchanged, or ``skipped`` for want of labels.
    head
        Kind of head; for a skipped category, why there is none and what to do.
    positives, negatives
        Labels outside the test.
    average_precision
        Cross-validated on the train part.
    threshold
        Probability from which the verdict is yes.
    train_loss, validation_loss
        Log loss in nats.
    seconds
        Time of choosing and fitting.
    """

    state: State
    head: str
    fingerprint: str
    positives: int
    negatives: int
    average_precision: float | None = None
    threshold: float | None = None
    train_loss: float | None = None
    validation_loss: float | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Trained:
    """The bundle that training wrote or found again, and whether it serves already."""

    bundle: str
    seconds: float
    categories: dict[str, CategoryTrained]
    current: bool


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


@dataclass(frozen=True)
class Fitted:
    """A head just fitted, the candidates' figures when one was chosen, and how long it took."""

    head: Head
    tried: Mapping[str, float] | None
    seconds: float


def train(home: Home, settings: Settings, only: Sequence[str] = (), *, choose: bool = False, say: Say) -> Trained:
    """Train the heads whose fingerprint changed, reuse the others, and write the bundle of all of them.

    The first bundle of a home serves at once; a later one when it is promoted.

    Parameters
    ----------
    only
        Train only these categories; the others keep the head of the newest bundle.
    choose
        Choose among the candidates again, also where a choice was made before.
    say
        Called with a line for each head that is fitted.

    Raises
    ------
    PipelineError
        For an unknown category (exit code 2), or when no head can be trained.
    """
    started = time.perf_counter()
    require_known(only, settings.categories)
    views = open_views(home)
    tasks = plan(home, settings, views.identity(), list(only) or list(settings.categories), choose=choose)
    able = {task.key: task for task in tasks if not shortage(task, settings)}
    fresh = [task for task in able.values() if not (task.choice and (head_folder(home, task, task.choice)).exists())]
    fitted = fit_all(home, settings, fresh, say)
    done = {task.key: result(home, task, fitted.get(task.key), shortage(task, settings)) for task in tasks}
    if not able:
        raise PipelineError(f"no head can be trained; {done[tasks[0].key].head}")
    others = [key for key in settings.categories if key not in done]
    carried = {key: name for key, name in newest_heads(home, views).items() if key in others}
    manifest = make_manifest(home, settings, views, carried | {key: done[key].fingerprint for key in able})
    bundles.write_manifest(home.path, manifest)
    if bundles.current_name(home.path) is None:
        bundles.set_current(home.path, manifest["id"])
    serves = bundles.current_name(home.path) == manifest["id"]
    return Trained(manifest["id"], round(time.perf_counter() - started, 2), done, serves)


def require_known(keys: Sequence[str], categories: Mapping[str, Category]) -> None:
    """Refuse a category that the settings do not have, or settings without any."""
    if not categories:
        raise PipelineError("no categories; add one with: rubrika category add KEY --title TITLE", exit_code=2)
    for key in keys:
        if key not in categories:
            raise PipelineError(f"no category {key!r}; there are: {', '.join(categories)}", exit_code=2)


def plan(home: Home, settings: Settings, views: Mapping[str, Any], keys: Sequence[str], *, choose: bool) -> list[Task]:
    """Gather what each category's head would be made of."""
    data = labelled(home, keys)
    choices = {} if choose else Choices(home.db).all()
    tasks = []
    for key in keys:
        category, chosen = settings.categories[key], choices.get(key)
        policy = category.policy or settings.threshold.policy
        precision = category.precision or settings.threshold.precision
        recipe = Recipe(settings.train.folds, settings.train.seed, policy, precision)
        kept = chosen is not None and chosen["kind"] in settings.train.candidates
        choice = Candidate(chosen["kind"], chosen["params"]) if kept and chosen else None
        tasks.append(Task(key, data[key].development, recipe, views, choice))
    return tasks


def shortage(task: Task, settings: Settings) -> str:
    """Say which labels are missing for a head; empty when there are enough."""
    least = settings.train.min_labels
    for word, value, count in (("positives", 1, task.data.truth.sum()), ("negatives", 0, (~task.data.truth).sum())):
        if count < least:
            return (
                f"{task.key}: no head, {count} {word} outside the test and {least} are needed; "
                f"label at least {least - count} more articles with {task.key} = {value}"
            )
    return ""


def fit_all(home: Home, settings: Settings, tasks: Sequence[Task], say: Say) -> dict[str, Fitted]:
    """Fit heads side by side, each on one thread, and keep them and the choices made."""
    if not tasks:
        return {}
    ids = all_ids({task.key: task.data for task in tasks})
    features = open_views(home).features(ids)
    names = ids.to_numpy(zero_copy_only=False).astype(str)
    with threadpool_limits(1):
        results = Parallel(n_jobs=min(len(tasks), cpu_count()), prefer="threads")(
            delayed(fit)(task, settings, names, features, say) for task in tasks
        )
    fitted = {task.key: found for task, found in zip(tasks, results, strict=True)}
    for task in tasks:
        save_head(fitted[task.key].head, head_folder(home, task, fitted[task.key].head.candidate))
    chosen = {key: found for key, found in fitted.items() if found.tried is not None}
    Choices(home.db).put({key: choice_record(found) for key, found in chosen.items()})
    return fitted


def fit(task: Task, settings: Settings, names: npt.NDArray[np.str_], features: Features, say: Say) -> Fitted:
    """Choose a candidate where none was chosen before, and fit the head."""
    started = time.perf_counter()
    examples = examples_of(task.data, names, features)
    tried = [task.choice] if task.choice else candidates(settings.train.candidates)
    try:
        head, figures = fit_head(examples, tried, task.recipe)
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


def head_folder(home: Home, task: Task, candidate: Candidate) -> Path:
    """Where a task's head is kept."""
    return home.path / "heads" / task.fingerprint(candidate)


def result(home: Home, task: Task, fitted: Fitted | None, short: str) -> CategoryTrained:
    """Tell what became of a category."""
    counts = task.data.counts()
    if short:
        return CategoryTrained("skipped", short, "", **counts)
    candidate = fitted.head.candidate if fitted else task.choice
    assert candidate is not None
    folder = head_folder(home, task, candidate)
    head = fitted.head if fitted else load_head(folder)
    return CategoryTrained(
        "trained" if fitted else "reused",
        candidate.kind,
        folder.name,
        **counts,
        average_precision=head.facts["cross_validated_average_precision"],
        threshold=head.decision.yes,
        train_loss=head.facts["train_loss"],
        validation_loss=head.facts["validation_loss"],
        seconds=fitted.seconds if fitted else 0.0,
    )
