import re
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import numpy as np
import pytest

from models.evaluation.bootstrap import Interval
from models.learning_curve.curve import Curve
from models.learning_curve.outlook import look_ahead
from pipeline.improve.learning_curve.page import render_learning, render_picture
from pipeline.improve.learning_curve.pictures import picture, round_ticks
from pipeline.improve.learning_curve.records import Learned, LearningCurves, as_figures
from pipeline.improve.learning_curve.wording import gain, gain_within, of_articles
from pipeline.show.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH
from tests.pipeline.evaluate.report.page import Page, is_whole_and_asks_for_nothing

NOW = datetime(2024, 6, 1, tzinfo=UTC)
SIZES = np.array([50, 70, 100, 140, 200, 280, 400, 570, 800], dtype=float)
HOSTILE = "<script>alert(1)</script>"


def curve(values, settled_from=1):
    rng = np.random.default_rng(2)
    settled = np.arange(len(SIZES)) >= settled_from
    head = np.where(settled, values, 0.2) + rng.normal(scale=0.002, size=(6, len(SIZES)))
    fitted, positives = np.tile(settled, (6, 1)), np.tile(SIZES // 5, (6, 1))
    return Curve(SIZES, head, head - 0.05, np.full(6, 0.2), fitted, positives)


GROWING = curve(0.97 - 1.5 * SIZES**-0.5)
FLAT = curve(np.full(len(SIZES), 0.9))
LATE = curve(np.full(len(SIZES), 0.9), settled_from=7)
NOWHERE = curve(np.full(len(SIZES), 0.9), settled_from=99)
UNKNOWN = replace(FLAT, head=FLAT.head * np.nan, knn=FLAT.knn * np.nan, prevalence=FLAT.prevalence * np.nan)


def learned(title, measured, head="hybrid", more=500):
    return Learned(title, head, measured, look_ahead(measured, 1070, more))


@pytest.fixture
def curves():
    categories = {
        "politics": learned("Политика", GROWING),
        "sport": learned(HOSTILE, FLAT),
        "chess": learned("Шахматы", LATE),
        "go": learned("Го", NOWHERE),
        "poker": learned("Покер", UNKNOWN),
    }
    macro = learned("В среднем по рубрикам", GROWING, None)
    return LearningCurves(1070, 500, macro, categories, {"darts": "darts: no head, 3 positives"})


def test_the_page_is_whole_and_asks_for_nothing(curves):
    is_whole_and_asks_for_nothing(render_learning(curves, NOW), pictures=6)


def test_the_picture_stands_alone_with_its_own_style(curves):
    svg = ElementTree.fromstring(render_picture(curves))
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    texts = ["".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"В среднем по рубрикам", "модель", "соседи (kNN)", "размеченных статей"} <= set(texts)
    assert sum(path.get("class") == "line yes" for path in svg.iter("{http://www.w3.org/2000/svg}path")) >= 2


def test_of_one_category_alone_the_picture_is_its_own(curves):
    alone = replace(curves, categories={"sport": curves.categories["sport"]})
    titles = [
        text.text for text in ElementTree.fromstring(render_picture(alone)).iter() if text.get("class") == "title"
    ]
    assert titles == [HOSTILE]


def test_what_an_editor_asks_is_there(curves):
    text = Page(render_learning(curves, NOW)).text
    for words in (
        "Ещё 500 размеченных статей: AP в среднем по рубрикам 0,925 → 0,933", "вне теста размечено 1 070 статей",
        "Роста не отличить от случайности: от 400 до 800 статей AP изменилась на", "Можно ли верить прогнозу",
        "Модель есть в каждом повторе лишь от 570 статей", "Меток мало", "darts: no head, 3 positives", HOSTILE,
        "rubrika learning-curve --more 500 --repeats 6", "тестовые статьи, самые новые, здесь не участвуют",
    ):  # fmt: skip
        assert words in text, words


def test_one_category_is_told_without_an_average(curves):
    alone = replace(curves, macro=curves.categories["politics"], categories={"politics": curves.categories["politics"]})
    text = Page(render_learning(alone, NOW)).text
    assert "Ещё 500 размеченных статей: AP 0,925 → 0,933" in text
    assert "По рубрикам" not in text


def test_further_than_can_be_told_is_said(curves):
    far = replace(curves, more=9000, macro=learned("Все", GROWING, None, 9000))
    text = Page(render_learning(far, NOW)).text
    assert "Ещё 9 000 размеченных статей — дальше, чем можно судить по измеренным 800." in text
    assert as_figures(far)["macro"]["reason"].endswith("ask: --more 2130")


def test_every_curve_stays_inside_its_frame(curves):
    for one in (curves.macro, *curves.categories.values()):
        for shape in picture(one, curves).shapes:
            across, up = np.array(re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", shape.path), dtype=float).T
            assert (across >= LEFT - 0.1).all()
            assert (across <= WIDTH - RIGHT + 0.1).all()
            assert (up >= TOP - 0.1).all()
            assert (up <= HEIGHT - BOTTOM + 0.1).all()


def test_what_no_head_has_earned_is_not_drawn_and_there_is_no_forecast_without_one(curves):
    kinds = {key: [shape.kind for shape in picture(one, curves).shapes] for key, one in curves.categories.items()}
    assert kinds["politics"] == ["line", "band", "line", "dot", "band", "rule"]
    assert kinds["sport"] == ["line", "band", "line", "dot"]
    assert kinds["go"] == ["line"]
    assert kinds["poker"] == []


@pytest.mark.parametrize("lowest", [0.0, 0.21, 0.874, 0.96, 0.995, 0.9999])
def test_an_axis_begins_at_a_round_value_below_the_lowest(lowest):
    ticks = round_ticks(lowest)
    assert ticks[0] <= lowest
    assert ticks[-1] == 1.0
    assert 2 <= len(ticks) <= 6


def test_the_figures_are_json_with_the_same_keys_for_every_curve(curves):
    figures = as_figures(curves)
    assert figures["sizes"] == SIZES.tolist()
    keys = {"title", "head", "mean", "low", "high", "knn", "majority", "settled", "positives", "forecast", "reason"}
    for one in (figures["macro"], *figures["categories"].values()):
        assert set(one) == keys | {"growth", "check"}
        assert len(one["mean"]) == len(one["low"]) == len(one["high"]) == len(SIZES)
        assert (one["forecast"] is None) == (one["reason"] is not None)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Interval(0.0123, 0.004, 0.02), "+0,012 от 0,004 до 0,020"),
        (Interval(0.0123, 0.0, 0.03), "+0,012 от 0 до 0,030"),
        (Interval(0.0002, 0.0, 0.004), "около 0 от 0 до 0,004"),
        (Interval(0.0002, 0.0, 0.0004), "около 0 "),
    ],
)
def test_a_gain_is_told_with_what_it_may_be(change, text):
    assert f"{gain(change)} {gain_within(change)}".replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("amount", "text"), [(1, "1 статьи"), (11, "11 статей"), (21, "21 статьи"), (500, "500 статей")]
)
def test_articles_are_counted_in_the_genitive(amount, text):
    assert of_articles(amount).replace("\u00a0", " ") == text
