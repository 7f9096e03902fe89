"""Train: one head per category from cached features; a head whose fingerprint did not change is not touched."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.bundles.manifest import Manifest
from models.bundles.manifests import write_manifest
from models.bundles.names import current_name, set_newest
from models.bundles.serving import serve
from models.heads.alone import Fitted
from models.heads.candidates import Candidate
from models.heads.files import load_head
from models.heads.head import Head
from models.provenance import Provenance
from pipeline.bundles.card import write_card
from pipeline.bundles.make_manifest import HeadSource, make_manifest, newest_heads
from pipeline.bundles.provenance import provenance_of_heads
from pipeline.embed.views import open_views
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.progress import Say
from pipeline.train.fit import fit_all
from pipeline.train.plan import Task, plan, shortage

State = Literal["trained", "reused", "skipped"]


@dataclass(frozen=True)
class CategoryTrained:
    """What became of one category.

    Parameters
    ----------
    state
        ``trained`` now, ``reused`` unchanged, or ``skipped`` for want of labels.
    head
        Kind of head; None where there is none.
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
    reason
        Of a skipped category, why it has no head and what to do.
    ground
        Where its labels come from, and how often its head says yes elsewhere; None where there is no head.
    """

    state: State
    head: str | None
    fingerprint: str
    positives: int
    negatives: int
    average_precision: float | None = None
    threshold: float | None = None
    train_loss: float | None = None
    validation_loss: float | None = None
    seconds: float = 0.0
    reason: str = ""
    ground: Provenance | None = None


@dataclass(frozen=True)
class Trained:
    """The bundle that training wrote or found again, and whether it serves already."""

    bundle: str
    seconds: float
    categories: dict[str, CategoryTrained]
    current: bool


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
    keys = chosen_categories(settings, only)
    views = open_views(home)
    tasks = plan(home, settings, views.identity(), keys, choose=choose)
    able = {task.key: task for task in tasks if not shortage(task, settings)}
    fresh = [task for task in able.values() if not (task.choice and task.folder(home, task.choice).exists())]
    fitted = fit_all(home, settings, fresh, say)
    heads = {key: head_of(home, task, fitted.get(key)) for key, task in able.items()}
    grounds = provenance_of_heads(home, views, heads, {key: task.data for key, task in able.items()})
    done = {
        task.key: result(home, task, fitted.get(task.key), heads[task.key], grounds[task.key])
        if task.key in able
        else skipped(task, shortage(task, settings))
        for task in tasks
    }
    if not able:
        nearest = max(tasks, key=lambda task: task.data.truth.sum())
        raise PipelineError(f"no head can be trained; {done[nearest.key].reason}")
    others = [key for key in settings.categories if key not in done]
    carried = {key: name for key, name in newest_heads(home, views).items() if key in others}
    made = {key: HeadSource(done[key].fingerprint, task.data.identity()) for key, task in able.items()}
    name = keep_bundle(home, make_manifest(home, settings, views, carried | made))
    return Trained(name, round(time.perf_counter() - started, 2), done, current_name(home.path) == name)


def keep_bundle(home: Home, manifest: Manifest) -> str:
    """Write a bundle and its card, note that it is the newest, and let it serve where none does."""
    write_manifest(home.path, manifest)
    write_card(home, manifest.id)
    set_newest(home.path, manifest.id)
    if current_name(home.path) is None:
        serve(home.path, manifest.id, "first", None)
    return manifest.id


def head_of(home: Home, task: Task, fitted: Fitted | None) -> Head:
    """The head just fitted, or the one that was kept."""
    return fitted.head if fitted else load_head(task.folder(home, chosen(task, fitted)))


def chosen(task: Task, fitted: Fitted | None) -> Candidate:
    """The candidate that a head is of: a head is only reused where a choice was kept."""
    candidate = fitted.head.candidate if fitted else task.choice
    assert candidate is not None
    return candidate


def skipped(task: Task, reason: str) -> CategoryTrained:
    """Tell why a category has no head."""
    positives, negatives = task.data.counts().values()
    return CategoryTrained("skipped", None, "", positives, negatives, reason=reason)


def result(home: Home, task: Task, fitted: Fitted | None, head: Head, ground: Provenance) -> CategoryTrained:
    """Tell what became of a category that has a head."""
    positives, negatives = task.data.counts().values()
    candidate = chosen(task, fitted)
    return CategoryTrained(
        "trained" if fitted else "reused",
        candidate.kind,
        task.folder(home, candidate).name,
        positives,
        negatives,
        average_precision=head.facts["cross_validated_average_precision"],
        threshold=head.decision.yes,
        train_loss=head.facts["train_loss"],
        validation_loss=head.facts["validation_loss"],
        seconds=fitted.seconds if fitted else 0.0,
        ground=ground,
    )
