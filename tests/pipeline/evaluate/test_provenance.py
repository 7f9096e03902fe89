"""Labels from other places than the rest of the news: said in train and evaluate, on the page and the card."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from models.lexical.counts import lexical_counts
from pipeline.bundles.card import CARD_FILE
from pipeline.crawl.article import content_id
from pipeline.embed.views import open_lexical
from pipeline.evaluate.evaluate import evaluate
from pipeline.train.show import print_trained
from pipeline.train.train import train
from store.articles import Articles
from store.labels import Labels
from store.splits import Splits
from store.vectors import Vectors
from tests.pipeline.support.homes import DIM, SPEC, tiny_home, tiny_settings
from tests.pipeline.support.tiny import quiet

N = 240
SOURCES = ("спортивная", "научная", "сельская")  # the first gives every yes, the second every no, the third no label


def add_articles(home):
    """Articles of three sources, each along an axis of its own; three in four outside the test."""
    texts = [f"{SOURCES[row % 3]} заметка о разном {row}" for row in range(N)]
    ids = [content_id("", text) for text in texts]
    names, empty = pa.array(ids, pa.string()), pa.array([None] * N, pa.timestamp("us", tz="UTC"))
    sources = [SOURCES[row % 3] for row in range(N)]
    common = {"published_at": empty, "published_raw": [""] * N}
    articles = pa.table({"id": names, "source": sources, "title": [""] * N, "text": texts, **common})
    seen = {"key": ids, "article_id": ids, "source": sources, **common, "file": ["tiny"] * N}
    Articles(home.db).add(articles, pa.table({**seen, "line": pa.array(range(N), pa.int64())}))
    vectors = np.random.default_rng(0).normal(scale=0.2, size=(N, DIM))
    # The unlabelled source leans to that of the yes, and the head learned to tell the sources apart: it says yes.
    vectors += np.eye(DIM)[[0, 1, 2]][np.arange(N) % 3] + np.eye(DIM)[0] * ((np.arange(N) % 3 == 2) * 0.9)[:, None]
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    open_lexical(home).add(names, lexical_counts(texts))
    Vectors(home.db, SPEC.fingerprint, DIM).add(names, vectors)
    parts = ["test" if row % 12 > 8 else "validation" if row % 12 > 5 else "train" for row in range(N)]
    Splits(home.db).put(pa.table({"id": ids, "cluster": ids, "part": parts}))
    labels = [row for row in range(N) if row % 3 < 2]
    table = {"article_id": [ids[row] for row in labels], "category": ["sport"] * len(labels)}
    values = pa.array([int(row % 3 == 0) for row in labels], pa.int8())
    Labels(home.db).add(pa.table({**table, "value": values}), "import:tags")


@pytest.fixture(scope="module")
def ill(tmp_path_factory):
    """A home whose labels of sport come from a source each, with a bundle; the settings; what training said."""
    settings = tiny_settings(tmp_path_factory.mktemp("ill"), ["sport"])
    home = tiny_home(settings)
    add_articles(home)
    return home, settings, train(home, settings, say=quiet)


def test_train_names_the_sources_and_warns_in_one_line(ill, capsys):
    trained = ill[2]
    ground = trained.categories["sport"].ground
    assert (ground.only_yes, ground.only_no, ground.parted) == (("спортивная",), ("научная",), True)
    assert ground.yes_labelled == 0.5
    print_trained(trained, None, as_json=False)
    assert capsys.readouterr().out.count("sport: no source has both a yes and a no") == 1
    print_trained(trained, None, as_json=True)
    assert '"only_yes": ["спортивная"]' in capsys.readouterr().out


def test_evaluate_counts_only_what_is_like_the_labelled_and_says_it_on_the_page_and_the_card(ill):
    home, settings, trained = ill
    evaluation = evaluate(home, settings, None, say=quiet).evaluation
    ground = evaluation.ground["sport"]
    assert ground.parted
    assert ground.like_labelled == evaluation.newsroom.like_labelled < 0.9  # a third of the new articles has no label
    assert evaluation.newsroom.decided.value <= evaluation.newsroom.like_labelled
    page = Path(evaluation.report).read_text(encoding="utf-8")
    assert "Ни у одного источника нет и «да», и «нет»" in page
    assert "На размеченные похожи" in page
    card = (home.path / "bundles" / trained.bundle / CARD_FILE).read_text(encoding="utf-8")
    assert "- sport: no source has both a yes and a no" in card
