import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawl import clean, clean_line

CLEANED = {
    "Мост\u00a0открыли": "Мост открыли",
    "Мост\u202fоткрыли": "Мост открыли",
    "\ufeffМо\u200bст\u00ad": "Мост",
    "\u202eтсоМ\u202c": "тсоМ",
    "и\u0306од": "йод",
    "е\u0308лка": "ёлка",
    "Мост\x00\x07\x1b": "Мост",
    "Мост\ud800": "Мост",
    "один\r\nдва\rтри\u2028четыре\x85пять": "один\nдва\nтри\nчетыре\nпять",
    "  один  \n\n \t\n  два\tтри  ": "один\nдва три",
    "\u2800\nпост\n\u2800": "пост",
    # entities
    "&laquo;Север&raquo; &mdash; порт": "«Север» — порт",
    "&#171;Север&#xbb;": "«Север»",
    "пять&nbsp;минут": "пять минут",
    "пять&amp;nbsp;минут": "пять минут",
    "пять&amp;amp;amp;nbsp;минут": "пять минут",
    "Рога &amp; копыта": "Рога & копыта",
    "R&D, AT&T": "R&D, AT&T",
    "&NBSP;МОСТ": "МОСТ",
    "&foo; &#99999999;": "&foo; &#99999999;",
    "http://a.example/?a=1&copy=2&reg=3": "http://a.example/?a=1&copy=2&reg=3",
    # tags
    "<p>Один</p><p>Два</p>": "Один\nДва",
    "Один<br>Два<BR/>Три<br />Четыре": "Один\nДва\nТри\nЧетыре",
    "сло<b>во</b> и <a href='http://a.example/?x=1' target=_blank>ссылка</a>": "слово и ссылка",
    '<div class="a > b" hidden>Текст</div>': "Текст",
    "<script>var a = '<p>';</script>Текст<style type=\"text/css\">p { color: red }</style>": "Текст",
    "Текст<!-- <p>скрыто</p> -->": "Текст",
    "<!DOCTYPE html><html><body>Текст</body></html>": "Текст",
    "&lt;p&gt;Текст&lt;/p&gt;": "Текст",
    "&amp;lt;p&amp;gt;Текст": "Текст",
    "<o:p></o:p>Текст": "Текст",
    # what only looks like markup
    "a < b и b > c": "a < b и b > c",
    "p <0,05 и <3": "p <0,05 и <3",
    "«Да <...> нет», <…>": "«Да <...> нет», <…>",
    "пишите <news@site.example>": "пишите <news@site.example>",
    "пишите <a@site.example>": "пишите <a@site.example>",
    "сайт <https://site.example/a>": "сайт <https://site.example/a>",
    "<смеётся> и a <b and c> d": "<смеётся> и a <b and c> d",
    "-> и <- и --> и <!--": "-> и <- и --> и <!--",
    "элемент <script> не закрыт": "элемент не закрыт",
}


@pytest.mark.parametrize(("raw", "expected"), CLEANED.items())
def test_text_becomes_prose(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_line_has_no_line_breaks() -> None:
    assert clean_line("Мост<br>открыли\n\n вчера") == "Мост открыли вчера"


MARKUP = st.lists(
    st.sampled_from([
        "<", ">", "&", ";", "/", "p", "b", "br", "amp;", "lt;", "gt;", "nbsp;", "#60;", "#38;", "script", "style",
        "!--", "-->", "=", '"', "'", " ", "\n", "\t", "\u200b", "\u00a0", "\u0338", "\u037e", "\u0301", "\u2000",
        "\u2028", "я", "<b>", "</script>", "<script>", "a", "\ud800", "\x1c", "\u2800",
    ])
).map("".join)  # fmt: skip


@given(MARKUP | st.text())
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@given(MARKUP | st.text())
def test_prose_has_trimmed_lines_and_can_be_stored(text: str) -> None:
    prose = clean(text)
    prose.encode("utf-8")
    assert all(line and line == line.strip() for line in prose.split("\n") if prose)
    assert "  " not in prose


@pytest.mark.parametrize(
    "attack",
    [
        "<" * 30_000 + "b>" * 30_000,
        "&" + "amp;" * 50_000 + "lt;",
        "<script>" * 20_000,
        "<!--" * 30_000,
        '<a b="' * 30_000,
        "<a b=1 " * 20_000,
        "<a" + " b=1" * 30_000,
        "&#38;" + "#38;" * 30_000,
        " \n" * 50_000,
    ],
    ids=lambda attack: attack[:8],
)
def test_no_text_takes_long(attack: str) -> None:
    started = time.perf_counter()
    clean(attack)
    assert time.perf_counter() - started < 5


def test_deep_nesting_is_flattened() -> None:
    assert clean("<" * 50 + "b>" * 50 + "Текст") == clean(clean("<" * 50 + "b>" * 50 + "Текст"))
