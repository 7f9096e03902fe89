"""The evaluation that was made of a bundle: where its report is, written and read back."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from models.evaluation.evaluation import Evaluation
from models.evaluation.registry import LEADING
from models.files import write_atomically
from models.fingerprint import readable_json
from pipeline.setup.home import Home
from pipeline.show.json_values import json_values


def page_of(home: Home, bundle: str) -> Path:
    """Where the page of a bundle's evaluation is; the figures are beside it, in JSON."""
    return home.path / "reports" / f"{bundle}.html"


def save_evaluation(home: Home, evaluation: Evaluation) -> None:
    """Write the figures beside the page."""
    path = page_of(home, evaluation.bundle).with_suffix(".json")
    write_atomically(path, readable_json(json_values(evaluation.model_dump())))


def read_evaluation(home: Home, bundle: str) -> Evaluation | None:
    """The figures of a bundle on the test part as they were last measured, or None.

    A file that cannot be read counts as none: it holds nothing that ``rubrika evaluate`` does not measure again.
    """
    path = page_of(home, bundle).with_suffix(".json")
    if not path.is_file():
        return None
    try:
        evaluation = Evaluation.model_validate_json(path.read_bytes())
    except ValidationError:
        return None
    return evaluation if evaluation.bundle == bundle else None


def macro_precision(evaluation: Evaluation | None) -> float | None:
    """Macro average precision of an evaluation, or None without one."""
    return defined(evaluation.macro.get(LEADING.name)) if evaluation else None


def category_precision(evaluation: Evaluation | None, key: str) -> float | None:
    """Average precision of a category, or None where it was not measured."""
    category = evaluation.categories.get(key) if evaluation else None
    return defined(category.metrics.get(LEADING.name)) if category else None


def defined(value: float | None) -> float | None:
    """A figure, or None where it is undefined."""
    return None if value is None or value != value else value
