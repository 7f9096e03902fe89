"""Homes for tests: sixty articles with vectors, counts, parts and labels written straight into the store."""

import numpy as np
import pyarrow as pa

from models.encoders.spec import EncoderSpec
from models.lexical.counts import lexical_counts
from pipeline.crawl.article import content_id
from pipeline.embed.views import open_lexical
from pipeline.setup.home import Home, open_home
from pipeline.setup.settings import Settings
from store.articles import Articles
from store.encoders import Encoders
from store.labels import Labels
from store.splits import Splits
from store.vectors import Vectors

DIM = 8
N = 60
SPEC = EncoderSpec("tiny", "tests/tiny", "1")
WORDS = {
    "politics": ("Политика", "парламент закон министр"),
    "economy": ("Экономика", "рынок рубль банк"),
    "culture": ("Культура", "театр музей роман"),
    "technology": ("Технологии", "робот спутник код"),
    "sport": ("Спорт", "матч тренер клуб"),
}
KEYS = list(WORDS)


def tiny_settings(path, keys=KEYS, **sections):
    """Settings of a home under ``path`` with some categories; small folds and few labels are enough."""
    categories = {key: {"title": WORDS[key][0], "description": WORDS[key][1]} for key in keys}
    train = {"folds": 2, "min_labels": 4, **sections.pop("train", {})}
    return Settings(home=path, categories=categories, train=train, evaluate={"bootstrap": 20}, **sections)


def truth_of(key):
    """Which articles are of a category: one in five, and some of another as well."""
    rows, column = np.arange(N), KEYS.index(key)
    return (rows % 5 == column) | (rows % 7 == column)


def tiny_texts():
    """The texts: the words of each article's categories, and some of everyone's."""
    texts = []
    for row in range(N):
        words = [WORDS[key][1] for key in KEYS if truth_of(key)[row]]
        texts.append(f"{' '.join(words)} сегодня вчера город {row % 11}")
    return texts


def tiny_vectors(seed=0):
    """(60, 8) float32 unit vectors, the categories along the first five axes under noise."""
    noise = np.random.default_rng(seed).normal(scale=0.35, size=(N, DIM))
    for column, key in enumerate(KEYS):
        noise[:, column] += truth_of(key)
    return (noise / np.linalg.norm(noise, axis=1, keepdims=True)).astype(np.float32)


def tiny_ids():
    """The articles' ids, in the order of the rows."""
    return [content_id(f"Заметка {row}", text) for row, text in enumerate(tiny_texts())]


def tiny_home(settings: Settings) -> Home:
    """A home with everything that training needs but labels."""
    home = open_home(settings)
    ids, texts = tiny_ids(), tiny_texts()
    names = pa.array(ids, pa.string())
    columns = {name: pa.array([None] * N, pa.timestamp("us", tz="UTC")) for name in ("published_at",)}
    rows = {"id": names, "source": ["тест"] * N, "title": [f"Заметка {row}" for row in range(N)], "text": texts}
    articles = pa.table({**rows, **columns, "published_raw": [""] * N})
    sightings = pa.table(
        {"key": ids, "article_id": ids, "source": ["тест"] * N, **columns, "published_raw": [""] * N}
        | {"file": ["tiny"] * N, "line": pa.array(range(N), pa.int64())}
    )
    Articles(home.db).add(articles, sightings)
    open_lexical(home).add(names, lexical_counts(texts))
    embed_tiny(home, SPEC)
    parts = ["test" if row % 4 == 3 else "validation" if row % 8 == 2 else "train" for row in range(N)]
    Splits(home.db).put(pa.table({"id": ids, "cluster": ids, "part": parts}))
    return home


def embed_tiny(home: Home, spec: EncoderSpec, seed: int = 0) -> None:
    """Embed all articles under an encoder and make it the store's current one."""
    Encoders(home.db).choose(spec.fingerprint, spec.to_dict(), DIM)
    Vectors(home.db, spec.fingerprint, DIM).add(pa.array(tiny_ids(), pa.string()), tiny_vectors(seed))


def label(home: Home, *keys: str, wrong=(), annotator="import:tiny") -> None:
    """Label all articles for some categories, the rows ``wrong`` the other way round."""
    for key in keys:
        values = truth_of(key).copy()
        values[list(wrong)] ^= True
        table = {"article_id": tiny_ids(), "category": [key] * N, "value": pa.array(values.astype(int), pa.int8())}
        Labels(home.db).add(pa.table(table), annotator)
