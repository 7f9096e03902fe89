"""Evaluate: a bundle and its baselines on the test part; a JSON, an HTML report, and rows for SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.bundles.load import load_bundle
from models.bundles.names import find_bundle
from models.evaluation.answers import HEADS, answers_of_baselines, answers_of_heads, measure
from models.files import write_atomically
from models.fingerprint import fingerprint, readable_json
from models.splits import TEST
from pipeline.bundles.card import write_card
from pipeline.bundles.keys_of_now import under_keys_of_now
from pipeline.bundles.promises import promised
from pipeline.bundles.saved_evaluation import read_evaluation
from pipeline.crawl.zones import default_zone
from pipeline.embed.corpus import labels_identity, read_corpus
from pipeline.embed.labelled import labelled
from pipeline.embed.views import views_of
from pipeline.evaluate.compare_bundles import against
from pipeline.evaluate.earlier import earlier_bundle
from pipeline.evaluate.predictions import predict_all, predict_missing
from pipeline.evaluate.report.compose import compose
from pipeline.evaluate.report.render import render
from pipeline.evaluate.summary import metric_rows, summary
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.json_values import json_values
from store.metrics import Metrics

PROTOCOL = 5
Say = Callable[[str], None]


@dataclass(frozen=True)
class Evaluated:
    """The evaluation as its JSON file holds it, and whether it was made now or found unchanged."""

    figures: dict[str, Any]
    fresh: bool


def evaluate(home: Home, settings: Settings, name: str | None, compare: str | None = None, *, say: Say) -> Evaluated:
    """Measure a bundle on the test part; one whose bundles, labels and settings did not change is found again.

    Parameters
    ----------
    name
        The bundle; None takes the newest.
    compare
        An earlier bundle to put beside it on the same articles; None: the one that serves, else the newest older one
        that can be compared; ``none``: none.
    say
        Called with a line for each step.

    Raises
    ------
    ModelError
        When there is no such bundle, or it is damaged.
    PipelineError
        When no labelled article is in the test part, none is embedded with a bundle's encoder, or the two bundles
        cannot be compared.
    """
    bundle = under_keys_of_now(home, load_bundle(home.path, find_bundle(home.path, name or "newest")))
    earlier = earlier_bundle(home, compare, bundle, say)
    sets = labelled(home, list(bundle.heads))
    bundles = [bundle.id, earlier.id if earlier else None]
    zone = default_zone(settings.ingest.timezone)
    said_how = [settings.evaluate.model_dump(mode="json"), zone.key]
    identity = fingerprint([PROTOCOL, bundles, labels_identity(sets), *said_how])
    path = home.path / "reports" / f"{bundle.id}.json"
    page_path = path.with_suffix(".html")
    views = views_of(home, bundle.manifest)
    known = read_known(home, bundle.id, identity)
    if known:
        if missing := predict_missing(home, bundle, views):
            say(f"predictions written for {missing} articles that are new since the last evaluation")
        return Evaluated(known, fresh=False)
    corpus = read_corpus(home, views, sets)
    test = corpus.rows(TEST)
    if not len(test):
        raise PipelineError("no labelled article is in the test part; label more articles, then: rubrika evaluate")
    besides = f", bundle {earlier.id}" if earlier else ""
    say(f"measuring bundle {bundle.id}{besides} and the baselines on {len(test)} test articles")
    answers = {HEADS: answers_of_heads(bundle.heads, corpus.features.take(test))}
    promises = [promised(bundle.manifest)[key] for key in corpus.keys]
    answers |= answers_of_baselines(corpus.texts(), corpus.features.dense, corpus.truth, corpus.three_parts, promises)
    figures = measure(
        corpus.keys, corpus.truth[test], answers, corpus.clusters[test].tolist(), settings.evaluate.bootstrap
    )
    changes = against(home, earlier, bundle, corpus, answers[HEADS], settings.evaluate.bootstrap) if earlier else None
    report = compose(bundle, corpus, answers, figures, settings.evaluate, zone, changes)
    said = summary(corpus, answers, figures, report) | {"report": page_path, "identity": identity}
    write_atomically(page_path, render(report))
    Metrics(home.db).replace(bundle.id, metric_rows(bundle.id, figures))
    predict_all(home, bundle, views)
    write_atomically(path, readable_json(json_values(said)))
    write_card(home, bundle.id)
    return Evaluated(said, fresh=True)


def read_known(home: Home, bundle: str, identity: str) -> dict[str, Any] | None:
    """The evaluation made before under the same identity, if its report is still there."""
    said = read_evaluation(home, bundle)
    page = home.path / "reports" / f"{bundle}.html"
    return said if said and said.get("identity") == identity and page.is_file() else None
