"""Evaluate: a bundle and its baselines on the test part; a JSON, an HTML report, and rows for SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from models.bootstrap import Resampled
from models.bundle_names import find_bundle
from models.bundles import Bundle, load_bundle
from models.compare import HEADS, Answers, answers_of_baselines, answers_of_heads, measure
from models.files import write_atomically
from models.fingerprint import fingerprint, readable_json
from models.splits import TEST
from models.weighted_metrics import COUNTS, FIGURES
from pipeline.card import write_card
from pipeline.config import Settings
from pipeline.corpus import Corpus, labels_identity, read_corpus
from pipeline.errors import PipelineError
from pipeline.evaluation import read_evaluation
from pipeline.examples import labelled
from pipeline.home import Home
from pipeline.record import predict_all
from pipeline.renamed import under_keys_of_now
from pipeline.report.compose import compose
from pipeline.report.render import render
from pipeline.show import plain
from pipeline.views import views_of
from store.metrics import Metrics

PROTOCOL = 1
Say = Callable[[str], None]
Figures = Mapping[str, Mapping[str, Resampled]]


@dataclass(frozen=True)
class Evaluated:
    """The evaluation as its JSON file holds it, and whether it was made now or found unchanged."""

    figures: dict[str, Any]
    fresh: bool


def evaluate(home: Home, settings: Settings, name: str | None, *, say: Say) -> Evaluated:
    """Measure a bundle on the test part; an evaluation whose bundle, labels and settings did not change is found again.

    Parameters
    ----------
    name
        The bundle; None takes the newest.
    say
        Called with a line for each step.

    Raises
    ------
    ModelError
        When there is no such bundle, or it is damaged.
    PipelineError
        When no labelled article is in the test part, or none is embedded with the bundle's encoder.
    """
    bundle = under_keys_of_now(home, load_bundle(home.path, find_bundle(home.path, name or "newest")))
    sets = labelled(home, list(bundle.heads))
    identity = fingerprint([PROTOCOL, bundle.id, labels_identity(sets), settings.evaluate.model_dump(mode="json")])
    path = home.path / "reports" / f"{bundle.id}.json"
    known = read_known(home, bundle.id, identity)
    if known:
        return Evaluated(known, fresh=False)
    views = views_of(home, bundle.manifest)
    corpus = read_corpus(home, views, sets)
    test = corpus.rows(TEST)
    if not len(test):
        raise PipelineError("no labelled article is in the test part; label more articles, then: rubrika evaluate")
    say(f"measuring bundle {bundle.id} and its baselines on {len(test)} test articles")
    answers = {HEADS: answers_of_heads(bundle.heads, corpus.features.take(test))}
    answers |= answers_of_baselines(corpus.texts(), corpus.features.dense, corpus.truth, corpus.three_parts)
    figures = measure(
        corpus.keys, corpus.truth[test], answers, corpus.clusters[test].tolist(), settings.evaluate.bootstrap
    )
    said = summary(bundle, corpus, answers, figures, path) | {"identity": identity}
    page = render(compose(bundle, corpus, answers, figures, settings.evaluate))
    write_atomically(path.with_suffix(".html"), page)
    Metrics(home.db).replace(bundle.id, metric_rows(bundle.id, figures))
    predict_all(home, bundle, views)
    write_atomically(path, readable_json(plain(said)))
    write_card(home, bundle.id)
    return Evaluated(said, fresh=True)


def read_known(home: Home, bundle: str, identity: str) -> dict[str, Any] | None:
    """The evaluation made before under the same identity, if its report is still there."""
    said = read_evaluation(home, bundle)
    page = home.path / "reports" / f"{bundle}.html"
    return said if said and said.get("identity") == identity and page.is_file() else None


def summary(
    bundle: Bundle, corpus: Corpus, answers: Mapping[str, Answers], figures: Figures, path: Path
) -> dict[str, Any]:
    """The evaluation as one JSON object."""
    test = corpus.rows(TEST)
    heads = figures[HEADS]
    baselines = [model for model in figures if model != HEADS]
    return {
        "bundle": bundle.id,
        "report": path.with_suffix(".html"),
        "articles": len(test),
        "evaluated_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "categories": category_figures(corpus, answers[HEADS], heads),
        "macro": values(heads, "macro"),
        "micro": values(heads, "micro"),
        "subset_accuracy": heads["subset_accuracy"].value,
        "hamming_loss": heads["hamming_loss"].value,
        "intervals": {name: [said.interval.low, said.interval.high] for name, said in heads.items()},
        "baselines": {
            model: {
                "macro": values(figures[model], "macro"),
                "categories": category_figures(corpus, answers[model], figures[model]),
                "intervals": {name: [said.interval.low, said.interval.high] for name, said in figures[model].items()},
            }
            for model in baselines
        },
    }


def category_figures(corpus: Corpus, answers: Answers, figures: Mapping[str, Resampled]) -> dict[str, dict[str, Any]]:
    """Each category's figures, counts and threshold."""
    truth = corpus.truth[corpus.rows(TEST)]
    return {
        key: {
            **values(figures, key),
            **{name: int(figures[f"{key}.{name}"].value) for name in COUNTS},
            "threshold": float(answers.thresholds[column]),
            "positives": int((truth[:, column] == 1).sum()),
            "negatives": int((truth[:, column] == 0).sum()),
        }
        for column, key in enumerate(corpus.keys)
    }


def values(figures: Mapping[str, Resampled], group: str) -> dict[str, float]:
    """The figures of one category or average, without their intervals."""
    return {name: figures[f"{group}.{name}"].value for name in FIGURES}


def metric_rows(bundle: str, figures: Figures) -> pa.Table:
    """Every figure as one row for SQL."""
    now = datetime.now(UTC)
    rows = [
        {
            "bundle": bundle,
            "model": model,
            "category": name.rpartition(".")[0] or "all",
            "metric": name.rpartition(".")[2],
            "value": said.value,
            "low": said.interval.low,
            "high": said.interval.high,
            "evaluated_at": now,
        }
        for model, group in figures.items()
        for name, said in group.items()
    ]
    return pa.Table.from_pylist(rows)
