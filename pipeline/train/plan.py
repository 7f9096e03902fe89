"""The plan: what each category's head would be made of, and what is missing for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.fingerprint import fingerprint
from models.heads.candidates import Candidate, candidates
from models.heads.head import PROTOCOL, Recipe
from pipeline.embed.labelled import Labelled, labelled
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.choices import Choices


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
        before = Candidate(chosen["kind"], chosen["params"]) if chosen else None
        choice = before if before in candidates(settings.train.candidates) else None
        tasks.append(Task(key, data[key].development, recipe, views, choice))
    return tasks


def shortage(task: Task, settings: Settings) -> str:
    """Say which labels are missing for a head; empty when there are enough."""
    least = settings.train.min_labels
    for word, value, count in (("positives", 1, task.data.truth.sum()), ("negatives", 0, (~task.data.truth).sum())):
        if count < least:
            return (
                f"{task.key}: no head, {count} {word} outside the test and {least} are needed; "
                f"label at least {least - count} more articles with {task.key} = {value}; "
                f"which first: rubrika suggest --category {task.key}"
            )
    return ""


def tried(task: Task, settings: Settings) -> list[Candidate]:
    """The candidate chosen before, or all there are to choose from."""
    return [task.choice] if task.choice else candidates(settings.train.candidates)


def candidate(task: Task, settings: Settings) -> Candidate:
    """The kept choice, else the candidate that choosing would start from."""
    return tried(task, settings)[0]
