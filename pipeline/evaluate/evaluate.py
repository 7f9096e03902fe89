"""Evaluate: a bundle and its baselines on the test part; a JSON, an HTML report, and rows for SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from models.bundles.load import Bundle
from models.evaluation.answers import HEADS, Answers, answers_of_heads
from models.evaluation.baseline_answers import answers_of_baselines
from models.evaluation.evaluation import Evaluation
from models.evaluation.registry import NAMES
from models.files import write_atomically
from models.fingerprint import fingerprint
from models.splits import TEST
from pipeline.bundles.card import write_card
from pipeline.bundles.open_bundle import open_bundle
from pipeline.bundles.provenance import provenance_of_heads
from pipeline.bundles.saved_evaluation import page_of, read_evaluation, save_evaluation
from pipeline.crawl.zones import default_zone
from pipeline.embed.corpus import Corpus, labels_identity, read_corpus
from pipeline.embed.labelled import Labelled, labelled
from pipeline.embed.views import Views, views_of
from pipeline.evaluate.assemble import assemble
from pipeline.evaluate.compare_bundles import compare_bundles
from pipeline.evaluate.earlier import earlier_bundle
from pipeline.evaluate.metric_rows import metric_rows
from pipeline.evaluate.predictions import predict_all, predict_missing
from pipeline.evaluate.report.compose import compose
from pipeline.evaluate.report.render import render
from pipeline.evaluate.resemblance import resemblance
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.metrics import Metrics

PROTOCOL = 6
Say = Callable[[str], None]


@dataclass(frozen=True)
class Evaluated:
    """The evaluation as its JSON file holds it, and whether it was made now or found unchanged."""

    evaluation: Evaluation
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
    bundle = open_bundle(home, name or "newest")
    earlier = earlier_bundle(home, compare, bundle, say)
    sets, zone = labelled(home, list(bundle.heads)), default_zone(settings.ingest.timezone)
    identity = identity_of(settings, zone, bundle, earlier, sets)
    views = views_of(home, bundle.manifest)
    if unchanged := evaluated_before(home, bundle.id, identity):
        if missing := predict_missing(home, bundle, views):
            say(f"predictions written for {missing} articles that are new since the last evaluation")
        return Evaluated(unchanged, fresh=False)
    corpus = read_corpus(home, views, sets)
    beside = f", bundle {earlier.id}" if earlier else ""
    say(f"measuring bundle {bundle.id}{beside} and the baselines on {count_test_articles(corpus)} test articles")
    answers = ask_models(bundle, corpus)
    replicates = settings.evaluate.bootstrap
    changes = compare_bundles(home, earlier, bundle, corpus, answers[HEADS], replicates) if earlier else None
    like, outside_test = resemblance(home, views, sets), {key: rows.development for key, rows in sets.items()}
    figures = assemble(bundle, corpus, answers, settings.evaluate, changes, like.everywhere)
    ground = provenance_of_heads(home, views, bundle.heads, outside_test, like.categories)
    kept = {"ground": ground, "report": page_of(home, bundle.id), "identity": identity}
    evaluation = figures.model_copy(update=kept)
    evidence = compose(bundle, corpus, answers, evaluation, replicates, zone)
    write(home, bundle, views, evaluation, render(evaluation, evidence))
    return Evaluated(evaluation, fresh=True)


def identity_of(
    settings: Settings, zone: ZoneInfo, bundle: Bundle, earlier: Bundle | None, sets: dict[str, Labelled]
) -> str:
    """Fingerprint of all that an evaluation follows from; ``PROTOCOL`` is one more whenever the figures change."""
    bundles = [bundle.id, earlier.id if earlier else None]
    return fingerprint([PROTOCOL, bundles, labels_identity(sets), settings.evaluate.model_dump(mode="json"), zone.key])


def evaluated_before(home: Home, bundle: str, identity: str) -> Evaluation | None:
    """The evaluation made before under the same identity with all metrics of now, if its page is still there."""
    evaluation = read_evaluation(home, bundle)
    if evaluation is None or evaluation.identity != identity or not evaluation.macro.keys() >= set(NAMES):
        return None
    return evaluation if page_of(home, bundle).is_file() else None


def count_test_articles(corpus: Corpus) -> int:
    """How many labelled articles the test part has; none is an error."""
    if articles := len(corpus.rows(TEST)):
        return articles
    raise PipelineError("no labelled article is in the test part; label more articles, then: rubrika evaluate")


def ask_models(bundle: Bundle, corpus: Corpus) -> dict[str, Answers]:
    """What the heads and each baseline say of the test articles."""
    heads = answers_of_heads(bundle.heads, corpus.features.take(corpus.rows(TEST)))
    precisions = [bundle.promised[key] for key in corpus.keys]
    baselines = answers_of_baselines(
        corpus.texts(), corpus.features.dense, corpus.truth, corpus.three_parts, precisions
    )
    return {HEADS: heads, **baselines}


def write(home: Home, bundle: Bundle, views: Views, evaluation: Evaluation, page: str) -> None:
    """Write all that an evaluation leaves behind.

    The JSON follows the page, the figures for SQL and the predictions: what finds it may count on these. The card,
    which is made from the JSON, is the last.
    """
    write_atomically(page_of(home, bundle.id), page)
    Metrics(home.db).replace(bundle.id, metric_rows(evaluation))
    predict_all(home, bundle, views)
    save_evaluation(home, evaluation)
    write_card(home, bundle.id)
