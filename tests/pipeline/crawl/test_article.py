import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawl import Article, Assumed, RawArticle, clean, clean_line, content_id, make_article

ROW = RawArticle("site.example", "Мост&nbsp;открыли", "<p>Мост открыли.</p><p>Все рады.</p>", " 31.08.2020 21:13 ")


def make(**changes: str) -> Article | str:
    fields = {name: getattr(ROW, name) for name in RawArticle.__slots__}
    return make_article(RawArticle(**{**fields, **changes}), Assumed("Europe/Moscow"))


def test_row_becomes_a_clean_article() -> None:
    title, text = "Мост открыли", "Мост открыли.\nВсе рады."
    moment = datetime(2020, 8, 31, 18, 13, tzinfo=UTC)
    assert make() == Article(content_id(title, text), "site.example", title, text, moment, "31.08.2020 21:13")


def test_id_is_the_hash_of_title_and_text() -> None:
    assert content_id("Мост", "Открыли") == hashlib.sha256("Мост\nОткрыли".encode()).hexdigest()[:32]


def test_id_does_not_depend_on_spaces_and_line_breaks_but_on_where_the_title_ends() -> None:
    assert content_id("Новый мост", "Открыли.\nВсе рады.") == content_id("Новый  мост", "Открыли.Все рады.")
    assert content_id("Новый мост", "Открыли") != content_id("Новый", "мост Открыли")


def test_same_news_under_two_sources_has_one_id() -> None:
    assert make(source="a.example").id == make(source="b.example", date="", text="Мост открыли.\n\nВсе рады. ").id


def test_date_that_cannot_be_read_is_kept_as_written() -> None:
    article = make(date="15:44, 27 сентября 20")
    assert (article.published_at, article.published_raw) == (None, "15:44, 27 сентября 20")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"source": ""}, "no source"),
        ({"source": "\u00a0\u200b"}, "no source"),
        ({"text": ""}, "no text"),
        ({"text": "<p>&nbsp;</p>\n\u200b"}, "no text"),
    ],
)
def test_row_without_source_or_text_is_no_article(changes: dict[str, str], reason: str) -> None:
    assert make(**changes) == reason


def test_title_may_be_empty() -> None:
    assert make(title="").title == ""


@given(st.text(), st.text())
def test_id_survives_cleaning(title: str, text: str) -> None:
    title, text = clean_line(title), clean(text)
    assert content_id(clean_line(title), clean(text)) == content_id(title, text)
