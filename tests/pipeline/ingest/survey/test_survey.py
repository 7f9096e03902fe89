from datetime import UTC, datetime

import pyarrow as pa
import pytest

from pipeline.ingest.survey.survey import survey
from pipeline.setup.home import open_home
from store.articles import Articles
from store.labels import Labels
from store.splits import Splits
from tests.pipeline.support.homes import tiny_settings

IDS = ["a" * 64, "b" * 64, "c" * 64]
TEXT = "Длинный рассказ о том, как в город приехал театр и показал за неделю двенадцать спектаклей подряд."
MOMENT = pa.timestamp("us", tz="UTC")
NEW_YEAR = datetime(2024, 12, 31, 22, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return tiny_settings(tmp_path, ["politics", "sport"])


@pytest.fixture
def home(settings):
    """Three articles without a title: one printed as the year began in Moscow, two that are one story."""
    opened = open_home(settings)
    rows = {
        "source": ["Вести"] * 3,
        "published_at": pa.array([NEW_YEAR, None, None], MOMENT),
        "published_raw": [""] * 3,
    }
    texts = {"title": [""] * 3, "text": ["Коротко.", TEXT, f"{TEXT} Ещё раз."]}
    line = {"file": ["crawl"] * 3, "line": pa.array(range(3), pa.int64())}
    Articles(opened.db).add(
        pa.table({"id": IDS, **rows, **texts}), pa.table({"key": IDS, "article_id": IDS, **rows, **line})
    )
    Splits(opened.db).put(pa.table({"id": IDS, "cluster": [IDS[0], IDS[1], IDS[1]], "part": ["train"] * 3}))
    labels = {"article_id": [IDS[0], IDS[0], IDS[1]], "category": ["politics", "sport", "politics"]}
    Labels(opened.db).add(pa.table(labels | {"value": pa.array([1, 1, 1], pa.int8())}), "import:some")
    return opened


@pytest.mark.parametrize(("zone", "month"), [("Europe/Moscow", "2025-01"), ("UTC", "2024-12")])
def test_days_and_months_are_those_of_the_newsroom(home, settings, zone, month):
    settings = settings.model_copy(update={"ingest": settings.ingest.model_copy(update={"timezone": zone})})
    counted = survey(home, settings)
    assert counted.months == {month: 1}
    assert counted.by_source == {"Вести": {month: 1}}
    assert f"{counted.totals.first:%Y-%m}" == f"{counted.sources[0].last:%Y-%m}" == month
    assert counted.totals.first == NEW_YEAR


def test_a_story_without_a_title_is_shown_by_how_its_text_begins(home, settings):
    (story,) = survey(home, settings).near_duplicates.largest
    assert story.title == "Длинный рассказ о том, как в город приехал театр и показал за неделю…"


def test_articles_with_all_labels_known_are_counted_apart_from_those_with_any(home, settings):
    counted = survey(home, settings)
    assert (counted.cardinality, counted.known_cardinality) == ({2: 1}, {1: 1, 2: 1})
