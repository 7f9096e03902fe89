"""The population of an audit: one annotator's latest labels, by category and by what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from models.fingerprint import fingerprint
from pipeline.labels.annotators import annotators_of, model_annotator, require_annotator
from pipeline.labels.audit.sample import Cell
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import Settings
from store.audits import Audit, Stratum

MODEL = "llm:"


def audited_annotator(opinions: pa.Table, settings: Settings, name: str | None) -> str:
    """Whose labels to check: who was named, else the settings' model, else the only model that labelled.

    Raises
    ------
    PipelineError
        When nobody is called so, or it is not clear who is meant (exit code 2).
    """
    if name is not None:
        return require_annotator(name, opinions)
    annotators = annotators_of(opinions)
    models = [annotator for annotator in annotators if annotator.startswith(MODEL)]
    if model_annotator(settings.annotator) in models or len(models) == 1:
        return model_annotator(settings.annotator) if model_annotator(settings.annotator) in models else models[0]
    which = f"several models labelled: {', '.join(models)}" if models else "no model has labelled"
    there = "" if models else f"; there are: {', '.join(annotators) or 'no labels'}"
    raise PipelineError(f"{which}{there}; say whose labels to check with --annotator NAME", exit_code=2)


def population_of(opinions: pa.Table, annotator: str, keys: Sequence[str]) -> dict[Cell, list[str]]:
    """(category, value) → articles, of the categories in which the annotator has labels.

    Raises
    ------
    PipelineError
        When it has none (exit code 2).
    """
    theirs = opinions.filter(pc.equal(opinions["annotator"], annotator)).select(["article_id", "category", "value"])
    labelled = {row["category"] for row in theirs.to_pylist() if row["value"] is not None}
    strata: dict[Cell, list[str]] = {(key, value): [] for key in keys if key in labelled for value in (1, 0)}
    for row in theirs.to_pylist():
        if (row["category"], row["value"]) in strata:
            strata[row["category"], row["value"]].append(row["article_id"])
    if not strata:
        how = "see who said what with: rubrika labels stats"
        raise PipelineError(f"{annotator} has no labels for {', '.join(keys)}; {how}", exit_code=2)
    return strata


def make_audit(
    annotator: str, seed: int, strata: Mapping[Cell, Sequence[str]], sample: Mapping[Cell, Sequence[str]]
) -> Audit:
    """Put a sample on record; its name is made of all that is in it, so the same sample is the same audit."""
    drawn = tuple(
        Stratum(category, value, len(strata[category, value]), tuple(members))
        for (category, value), members in sample.items()
    )
    name = fingerprint([annotator, seed, [[part.category, part.value, part.population, part.sample] for part in drawn]])
    return Audit(name[:8], annotator, seed, datetime.now(UTC), drawn)
