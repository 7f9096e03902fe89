from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.ingest.survey.page import SOURCES, render_survey
from pipeline.ingest.survey.pictures import round_values, survey_pictures
from pipeline.ingest.survey.records import Labelling, Lengths, NearDuplicates, Source, Story, Survey, Totals
from tests.pipeline.evaluate.report.page import Page, is_whole_and_asks_for_nothing

NOW = datetime(2024, 6, 1, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def survey():
    quantiles = dict.fromkeys(("min", "q05", "q25", "median", "q75", "q95", "max"), 1500.0)
    return Survey(
        totals=Totals(1200, 15, NOW, NOW, 60, 12, 7, 3),
        sources=tuple(Source(HOSTILE if n == 0 else f"Источник {n}", 80, 4, 1500, NOW, None) for n in range(15)),
        months={"2024-04": 500, "2024-05": 0, "2024-06": 640},
        by_source={HOSTILE: {"2024-04": 40}},
        lengths=Lengths(quantiles, (100.0, 1000.0, 10000.0), (200, 1000)),
        near_duplicates=NearDuplicates(1200, 2, 5, (Story(HOSTILE, 3, 2),)),
        quarantine={"no text": 2, "something new": 1},
        categories={
            "sport": Labelling("Спорт", 300, 700, 200, 60, 140, {"editor:Анна": (10, 5), "llm:m": (290, 700)}, 4),
            "science": Labelling("Наука", 0, 0, 1200, 0, 0, {}, 0),
        },
        overlaps={"sport": {"science": 12}, "science": {"sport": 12}},
        cardinality={0: 10, 2: 3},
        known_cardinality={0: 12, 1: 900, 2: 3},
    )


def test_the_page_is_whole_and_asks_for_nothing(survey):
    is_whole_and_asks_for_nothing(render_survey(survey, NOW), pictures=3)


def test_what_an_editor_asks_is_there(survey):
    text = Page(render_survey(survey, NOW)).text
    for phrase in (
        "статей 1 200", "ещё 3 источника 240", "без даты 60 5,0 %", "апрель 2024", "нет текста 2 строки",
        "something new 1 строка", "editor:Анна", "290 / 700", "Спорных", "Пересечения рубрик", "медиана: 1 500",
        "разных текстов: 5, новостей за ними: 2", "3 статьи, 2 источника", HOSTILE,
    ):  # fmt: skip
        assert phrase in text, phrase
    assert f"Источник {SOURCES}" not in text


def test_before_anything_is_embedded_dated_or_labelled_it_is_still_a_page(survey):
    bare = replace(
        survey,
        totals=replace(survey.totals, first=None, last=None),
        months={},
        by_source={},
        near_duplicates=NearDuplicates(0, 0, 0, ()),
        quarantine={},
        categories={},
        overlaps={},
        cardinality={},
        known_cardinality={},
    )
    text = Page(render_survey(bare, NOW)).text
    assert "ещё не искали: их находит rubrika embed" in text
    for phrase in ("Карантин", "Метки", "По времени", "None"):
        assert phrase not in text


def test_a_long_time_is_shown_by_years_and_by_months_too(survey):
    months = {f"{year}-{place:02d}": 1 for year in range(2014, 2024) for place in range(1, 13)}
    long = replace(survey, months=months, by_source={HOSTILE: months})
    page = Page(render_survey(long, NOW))
    assert [tag for tag, _ in page.elements].count("details") == 1
    for phrase in ("По месяцам, январь 2014 — декабрь 2023", "2019", "март 2019"):
        assert phrase in page.text
    assert "details" not in [tag for tag, _ in Page(render_survey(survey, NOW)).elements]


def test_articles_whose_labels_are_not_all_known_are_counted_apart(survey):
    partly = list(survey_pictures(survey))[2]
    assert [(colour, text) for colour, _, text in partly.legend] == [
        ("yes", "известны метки всех рубрик"),
        ("plain", "все размеченные, по числу «да»"),
    ]
    assert [shape.path.count("Z") for shape in partly.shapes] == [2, 3]
    whole = list(survey_pictures(replace(survey, cardinality=survey.known_cardinality)))[2]
    assert (len(whole.shapes), whole.legend) == (1, ())
    assert "У всех размеченных статей" in whole.caption


@pytest.mark.parametrize(("low", "high"), [(259, 1485), (10, 300_000), (900, 1100), (1, 2)])
def test_an_axis_has_few_round_values_within_its_ends(low, high):
    values = round_values(low, high)
    assert 1 <= len(values) <= 6
    assert all(low <= value <= high for value in values)
