import re
from dataclasses import replace

import numpy as np
import pytest

from models.evaluation.figures import CategoryFigures
from models.evaluation.registry import METRICS, NAMES
from pipeline.evaluate.report.render import render
from tests.pipeline.evaluate.report.page import Page


@pytest.fixture(scope="module")
def html(evaluation, evidence):
    return render(evaluation, evidence)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def test_the_page_is_well_formed_russian_html(html, page):
    assert html.startswith("<!doctype html>")
    assert page.open == []
    assert ("html", {"lang": "ru"}) in page.elements
    assert ("meta", {"charset": "utf-8"}) in page.elements


def test_the_page_needs_no_network_and_no_script(html, page):
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object", "base"}
    assert not re.search(r"https?://|url\(|@import", html)
    assert all(attrs["href"].startswith("#") for tag, attrs in page.elements if tag == "a")


def test_text_of_articles_cannot_become_markup(html, page):
    assert "<script" not in html
    assert "<b>рынок" not in html
    assert "<script>alert('заголовок')</script>" in page.text


def test_the_contents_lead_to_sections_that_are_there(page):
    there = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(there) == len(set(there))
    assert {attrs["href"][1:] for tag, attrs in page.elements if tag == "a"} <= set(there)


def test_every_picture_says_what_it_shows(page):
    drawn = [attrs for tag, attrs in page.elements if tag == "svg" or attrs.get("role") == "img"]
    assert sum(tag == "svg" for tag, _ in page.elements) == 2 * 4
    assert all(attrs.get("aria-label") for attrs in drawn)
    assert sum(tag == "figcaption" for tag, _ in page.elements) == 2 * 5


def test_the_verdict_comes_first_and_every_number_has_its_baseline(page):
    assert page.text.index("Что получилось") < page.text.index("Все рубрики")
    assert "больше, чем объяснит случай" in page.text
    assert page.text.count("TF-IDF по буквам") >= 3 + 2


def test_what_an_editor_asks_is_there(page):
    for said in (
        "1 234 статьи", "1 января 2024 — 30 апреля 2024", "«нет» до 40,0 %, «да» от 50,0 %", "спросить", "май 2024",
        "мало примеров", "F1 простой TF-IDF по буквам",
        "было «спросить», 42,0 %, стало «да», 61,7 %, на деле да · Вести & К° · abababababab",
        "p < 0,001", "обещанная точность 90 %", "500 статей в день по 2 мин",
        "сказано «Спорт», на деле «Политика»", "rubrika evaluate --compare ba9876543210", "смысл + слова",
    ):  # fmt: skip
        assert said in page.text, said


def test_what_differs_from_the_earlier_bundle_is_said_at_once_and_in_full(page):
    assert re.search(r"Против сборки ba9876543210 : F1 в среднем [+−]?0,\d{3}.*?21 другой вердикт", page.text)
    for said in ("исправлено 18, испорчено 3", "Новые рубрики: Наука.", "Больше нет: Погода."):
        assert said in page.text, said


def test_a_mistake_shows_what_decided_and_leads_to_its_neighbours(page):
    assert (
        "основа −1,20 смысл целиком −0,75 тренер +1,25 <b>рынок −0,50 прочие слова +0,40 итог −0,80 , порог −0,95"
        in page.text
    )
    assert ("a", {"href": f"#article-{'ef' * 16}"}) in page.elements
    assert ("li", {"id": f"article-{'ef' * 16}"}) in page.elements
    assert "Так он начинается…" in page.text


@pytest.fixture(scope="module")
def page_of(evaluation, evidence):
    """The page with some categories changed, and some of the figures."""

    def make(*changed, **figures):
        there = {category.key: category for category in (*evidence.categories, *changed)}
        return Page(render(evaluation.model_copy(update=figures), replace(evidence, categories=tuple(there.values()))))

    return make


def test_sources_that_are_not_shown_are_counted(evidence, page_of):
    many = replace(evidence.categories[0], sources=40)
    assert "По источникам: 1 крупнейших из 40" in page_of(many).text


def test_the_confusion_matrix_adds_up(evidence, page):
    shown = re.findall(r"вне рубрики (\d+) [\d,]+ % (\d+) [\d,]+ % (\d+)", page.text)
    assert [sum(map(int, row)) for row in shown] == [int((~test.truth).sum()) for test in evidence.categories]


def without_baselines(evaluation):
    return evaluation.model_copy(update={"baselines": {}, "newsroom": None, "compare": None})


def test_whatever_is_optional_may_be_absent(evaluation, evidence):
    bare = [
        replace(category, mistakes=(), by_source=(), by_month=(), kind="", no=category.yes)
        for category in evidence.categories
    ]
    page = Page(render(without_baselines(evaluation), replace(evidence, parts=(), categories=tuple(bare), commands=())))
    for words in (
        "Что изменилось",
        "редакции",
        "уверенные ошибки",
        "По источникам",
        "Как получены",
        "None",
        "nan",
    ):
        assert words not in page.text
    assert "не с чем сравнить" in page.text
    assert "спросить" not in page.text


def test_a_category_without_positives_has_dashes_and_no_curves(evaluation, evidence, page_of):
    empty = [
        replace(category, truth=np.zeros_like(category.truth), yes=1.01, no=1.01) for category in evidence.categories
    ]
    page = page_of(*empty, categories=all_metrics(evaluation, np.nan), intervals={}, baselines={})
    assert not any(tag == "svg" for tag, _ in page.elements)
    assert "«да» никогда" in page.text
    assert "в тесте нет статей рубрики" in page.text
    assert "не отмечено ничего" not in page.text
    assert "nan" not in page.text
    assert "—" in page.text


def all_metrics(evaluation, value):
    """The categories with every metric of one value."""
    return {
        key: CategoryFigures(**{**category.model_dump(), **dict.fromkeys(NAMES, value)})
        for key, category in evaluation.categories.items()
    }


def test_a_report_without_categories_is_still_a_page(evaluation, evidence):
    nothing = without_baselines(evaluation).model_copy(
        update={"categories": {}, "averaged": (), "co_occurrence": (), "confusions": ()}
    )
    assert "Что получилось" in Page(render(nothing, replace(evidence, categories=()))).text


def test_what_is_left_to_a_person_is_said_and_how_it_counts(evidence, page):
    for category in evidence.categories:
        left_to_people = int((category.verdicts == "ask").sum())
        assert f"отдано человеку: {left_to_people}, в показателях это «нет»" in page.text
        assert f"Отдано человеку: {left_to_people} стат" in page.text
    assert "Ответ «спросить» во всех показателях — «нет»" in page.text


def test_all_models_stand_in_the_tables_of_the_newsroom_and_of_all_verdicts(page):
    newsroom = page.text[page.text.index("Что это даёт редакции", 900) : page.text.index("Все рубрики Модель")]
    assert newsroom.count("Соседи (kNN)") == newsroom.count("Как большинство") == 1 + 2
    assert "из них верны целиком" in newsroom
    assert re.search(r"Все рубрики статьи верны .*? Модель [\d,]+ % .*? TF-IDF по буквам [\d,]+ %", page.text)


def test_it_is_said_which_categories_are_averaged(page):
    assert "В среднем по 1 рубрике F1" in page.text
    assert "В среднем нет рубрик, которых тест не проверяет" in page.text


def test_a_category_without_mistakes_says_so(evidence, page_of):
    category = evidence.categories[1]
    right = replace(category, verdicts=np.where(category.truth, "yes", "no"), mistakes=())
    assert "Их нет: все «да» и «нет»" in page_of(right).text
    assert "Их нет: все «да» и «нет»" not in page_of(category).text


def test_a_head_without_words_shows_what_the_vector_added(evidence, page_of):
    category = evidence.categories[1]
    blind = replace(category.mistakes[1], words=(), other_words=0.0)
    trees = replace(blind, base=None, meaning=None, other_words=None, needed=None)
    page = page_of(replace(evidence.categories[0], mistakes=()), replace(category, mistakes=(blind, trees)))
    assert "основа −1,20 смысл целиком −0,75 итог −0,80 , порог −0,95" in page.text
    assert page.text.count("итог −0,80") == 2
    assert "прочие слова +" not in page.text


def test_perfect_rankings_and_a_category_without_articles_are_a_page_too(evaluation, evidence, page_of):
    perfect, none = all_metrics(evaluation, 1.0)["politics"], all_metrics(evaluation, np.nan)["sport"]
    ends = {f"politics.{name}": (1.0, 1.0) for name in NAMES}
    first, second = evidence.categories
    empty = replace(second, truth=np.zeros_like(second.truth))
    page = page_of(first, empty, categories={"politics": perfect, "sport": none}, intervals=ends, baselines={})
    assert "ось от 0,9 до 1" in page.text


def test_every_metric_is_explained_and_has_its_column_and_rows(page):
    glossary = page.text[page.text.index("Слова и числа", 900) :]
    for metric in METRICS:
        assert f"{metric.russian} {metric.meaning}" in glossary
        assert page.text.count(metric.russian) >= 4
