import numpy as np
import pytest

from models.bundles.load import load_bundle
from models.bundles.names import find_bundle
from models.splits import TEST
from pipeline.embed.corpus import read_corpus
from pipeline.embed.labelled import labelled
from pipeline.embed.views import views_of
from pipeline.evaluate.report.mistakes import confident_mistakes
from pipeline.train.train import train
from tests.pipeline.support.homes import label, tiny_home, tiny_settings


def mistakes_of(tmp_path, kind):
    """The mistakes of a head that is asked about labels all turned around."""
    settings = tiny_settings(tmp_path, ["politics"], train={"candidates": [kind]})
    home = tiny_home(settings)
    label(home, "politics")
    train(home, settings, say=lambda line: None)
    bundle = load_bundle(home.path, find_bundle(home.path, "newest"))
    corpus = read_corpus(home, views_of(home, bundle.manifest), labelled(home, ["politics"]))
    rows, head = corpus.rows(TEST), bundle.heads["politics"]
    probability = head.probability(corpus.features.take(rows))
    verdicts = head.decision.verdicts(probability)
    found = list(confident_mistakes(corpus, 0, head, rows, verdicts != "yes", probability, verdicts))
    assert found
    return found


@pytest.mark.parametrize("kind", ["hybrid", "logistic"])
def test_what_is_shown_adds_up_to_the_score_and_the_score_decides(tmp_path, kind):
    for mistake in mistakes_of(tmp_path, kind):
        parts = [mistake.base, mistake.meaning, mistake.other_words, *(weight for _, weight in mistake.words)]
        assert sum(parts) == pytest.approx(mistake.score, abs=1e-4)
        assert bool(mistake.words) is (kind == "hybrid")
        assert (mistake.score >= mistake.needed) is not mistake.truth


def test_a_score_that_is_no_sum_is_shown_against_its_threshold(tmp_path):
    for mistake in mistakes_of(tmp_path, "lightgbm"):
        assert (mistake.words, mistake.meaning, mistake.base) == ((), None, None)
        assert np.isfinite([mistake.score, mistake.needed]).all()
