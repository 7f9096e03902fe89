import pytest

from pipeline.crawl.article import Article, Assumed, RawArticle, host_of, make_article
from pipeline.crawl.columns import find_columns
from pipeline.crawl.hints import hint_of
from pipeline.crawl.names import FIELD_NAMES, SUMMARIES, plain_name
from pipeline.crawl.options import parse_columns
from pipeline.setup.errors import PipelineError


@pytest.mark.parametrize("name", [
    "article", "articleBody", "article_body", "article-text", "Body Text", "clean_text", "description", "FullText",
    "lead", "maintext", "message", "news", "raw_text", "summary", "Текст новости", "содержание", "ТЕКСТ",
])  # fmt: skip
def test_usual_names_of_a_text_are_known_in_any_writing(name: str) -> None:
    assert find_columns(("title", name, "source")).text == 1


def test_no_name_means_two_fields_and_all_are_compared_as_they_are_listed() -> None:
    listed = [name for names in FIELD_NAMES.values() for name in names]
    assert len(listed) == len(set(listed))
    assert [plain_name(name) for name in listed] == listed


@pytest.mark.parametrize("summary", SUMMARIES)
def test_a_whole_text_goes_before_what_sums_it_up(summary: str) -> None:
    columns = find_columns((summary, "title", "news"))
    assert columns.text == 2
    assert hint_of(summary, columns) == f"text, but news goes before it; to use it: --column text={summary}"


def test_chosen_column_is_taken_from_the_field_it_would_have_been() -> None:
    columns = find_columns(("title", "headline", "text"), (("text", "title"),))
    assert (columns.text, columns.title) == (0, 1)


def test_hints() -> None:
    columns = find_columns(("titel", "text", "topic"))
    assert hint_of("titel", columns) == "title? --column title=titel"
    assert hint_of("topic", columns) == "a label column? rubrika labels import"


@pytest.mark.parametrize(("url", "host"), [
    ("https://www.ved.example/news/1", "ved.example"), ("http://Ved.Example:8080/", "ved.example"),
    ("ved.example/1", "ved.example"), ("//ved.example", "ved.example"), ("/news/1", ""), ("[", ""), ("нет ссылки.", ""),
    ("", ""), ("https://новости.рф/1", "новости.рф"),
])  # fmt: skip
def test_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host


def test_source_is_named_by_the_row_then_the_person_then_the_address_then_the_caller() -> None:
    def source(row: str, told: str, url: str, unnamed: str) -> str:
        article = make_article(RawArticle(row, "", "Текст.", "", url), Assumed("UTC", told, unnamed))
        return article.source if isinstance(article, Article) else article

    assert source("row", "told", "a.example/1", "unnamed") == "row"
    assert source("", "told", "a.example/1", "unnamed") == "told"
    assert source("", "", "a.example/1", "unnamed") == "a.example"
    assert source("", "", "", "unnamed") == "unnamed"
    assert source("", "", "", "") == "no source"


def test_choices_are_read() -> None:
    assert parse_columns(["text=Текст новости", "published_at = day"]) == {
        "text": "Текст новости",
        "published_at": "day",
    }


@pytest.mark.parametrize(("choices", "message"), [
    (["text"], "'text' is not FIELD=NAME; fields are source, title, text, published_at, url, fetched_at; like"),
    (["body=text"], "'body=text' is not FIELD=NAME"), (["text="], "'text=' is not FIELD=NAME"),
    (["text=a", "text=b"], "--column text is given twice: a and b; name one"),
])  # fmt: skip
def test_wrong_choices_are_refused(choices: list[str], message: str) -> None:
    with pytest.raises(PipelineError, match=message) as caught:
        parse_columns(choices)
    assert caught.value.exit_code == 2
