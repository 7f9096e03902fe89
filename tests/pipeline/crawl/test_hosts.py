import pytest

from pipeline.crawl import read_crawl
from pipeline.crawl.hosts import host_of


@pytest.mark.parametrize(
    ("url", "host"),
    {
        "https://www.ved.example/news/1": "ved.example",
        "HTTP://User:pw@Ved.Example:8080/": "ved.example",
        "//ved.example/1": "ved.example",
        "ved.example/news": "ved.example",
        "https://xn--b1aew.xn--p1ai/news": "мвд.рф",
        "https://мвд.рф/news": "мвд.рф",
        "": "",
        "news/1": "",
        "mailto:a@b.example": "",
        "javascript:void(0)": "",
        "https://[broken": "",
        "12 марта": "",
    }.items(),
)
def test_host_is_what_an_address_is_called_after(url: str, host: str) -> None:
    assert host_of(url) == host


def test_host_is_the_source_of_a_row_without_one(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "url,source,text\nhttps://www.ved.example/1,,Мост.\nhttps://ved.example/2,b.example,Порт.\n,,Театр.\n"
    )
    first, second, third = read_crawl(path, "Europe/Moscow")
    assert (first.article.source, second.article.source, third.reason) == ("ved.example", "b.example", "no source")
    assert first.labels == {"url": "https://www.ved.example/1"}
