"""The shapes in which crawlers, APIs and databases give articles; every one is read as the same three."""

import json
import tracemalloc
from pathlib import Path

import pytest

from pipeline.crawl import Accepted, Rejected, Row, read_crawl
from pipeline.setup.errors import PipelineError

ARTICLES = [
    {"source": "a.example", "title": "Мост", "text": "Мост открыли.", "date": "2021-03-05T10:00:00Z"},
    {"source": "b.example", "title": "Хоккей {[", "text": 'Сказал: "3:1" \\ и ушёл.', "date": "2021-03-06T12:30:00Z"},
    {"source": "c.example", "title": "Банк", "text": "Банк поднял ставку.", "date": "2021-03-07T09:15:00Z"},
]
EXPECTED = [tuple(article.values()) for article in ARTICLES]


def dumped(value: object, **how: object) -> str:
    return json.dumps(value, ensure_ascii=False, **how)


def newsapi(article: dict[str, str]) -> dict[str, object]:
    return {
        "source": {"id": None, "name": article["source"]},
        "title": article["title"],
        "description": "Коротко",
        "content": article["text"],
        "publishedAt": article["date"],
    }


def without(article: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in article.items() if name not in names}


LINES = [dumped(article) for article in ARTICLES]
SHAPES = {
    "lines": "\n".join(LINES),
    "lines that end in commas": ",\n".join(LINES),
    "array on one line": dumped(ARTICLES),
    "array with an item a line": "[\n" + ",\n".join(LINES) + "\n]\n",
    "array on many lines": dumped(ARTICLES, indent=1),
    "array escaped to ASCII": json.dumps(ARTICLES, indent=2),
    "arrays a line": f"[{LINES[0]}]\n[{LINES[1]}, {LINES[2]}]",
    "objects on many lines": "\n".join(dumped(article, indent=2) for article in ARTICLES),
    "byte order mark": "\ufeff" + dumped(ARTICLES, indent=1),
    "newsapi": dumped({"status": "ok", "totalResults": 3, "articles": [newsapi(article) for article in ARTICLES]}),
    "newsapi on many lines": dumped({"status": "ok", "articles": [newsapi(article) for article in ARTICLES]}, indent=1),
    "newsapi lines": "\n".join(dumped(newsapi(article)) for article in ARTICLES),
    "elasticsearch": dumped({"took": 1, "hits": {"total": 3, "hits": [{"_id": "1", "_source": a} for a in ARTICLES]}}),
    "elasticdump": "\n".join(dumped({"_index": "news", "_id": "1", "_source": article}) for article in ARTICLES),
    "couchdb": dumped({"total_rows": 3, "rows": [{"id": "1", "key": "1", "doc": article} for article in ARTICLES]}),
    "solr": dumped({"responseHeader": {"status": 0}, "response": {"numFound": 3, "docs": ARTICLES}}),
    "firebase": dumped({f"-M{number}": article for number, article in enumerate(ARTICLES)}),
    "mongoexport": "\n".join(
        dumped({"_id": {"$oid": "5f"}, **without(article, "date"), "date": {"$date": article["date"]}})
        for article in ARTICLES
    ),
    "scrapy": dumped([{name: [value] for name, value in article.items()} for article in ARTICLES]),
    "news-please": "\n".join(
        dumped(
            {
                "source_domain": article["source"],
                "title": article["title"],
                "maintext": article["text"],
                "date_publish": article["date"],
            }
        )
        for article in ARTICLES
    ),
    "schema.org": dumped(
        [
            {
                "@type": "NewsArticle",
                "headline": article["title"],
                "articleBody": article["text"],
                "datePublished": article["date"],
                "publisher": {"@type": "Organization", "name": article["source"]},
            }
            for article in ARTICLES
        ]
    ),
    "nested": "\n".join(
        dumped(
            {
                "url": f"https://www.{article['source']}/1",
                "article": {"title": article["title"], "text": article["text"]},
                "author": {"title": "редактор", "date": "1999-01-01"},
                "meta": {"date": article["date"]},
            }
        )
        for article in ARTICLES
    ),
    "wordpress": dumped(
        [
            {
                "date": article["date"],
                "link": f"https://{article['source']}/2021/1",
                "title": {"rendered": article["title"]},
                "content": {"rendered": f"<p>{article['text']}</p>", "protected": False},
            }
            for article in ARTICLES
        ]
    ),
}


@pytest.fixture
def read(tmp_path: Path):
    def read(content: str | bytes, name: str = "crawl.json") -> list[Row]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_crawl(path, "Europe/Moscow"))

    return read


def fields(row: Row) -> tuple[str, str, str, str]:
    assert isinstance(row, Accepted), row
    return row.article.source, row.article.title, row.article.text, row.article.published_raw


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".ndjson"])
@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_gives_the_same_articles_whatever_the_suffix(read, content: str, suffix: str) -> None:
    rows = read(content, f"crawl{suffix}")
    assert [fields(row) for row in rows] == EXPECTED
    assert [row.article.published_at.isoformat()[:10] for row in rows] == ["2021-03-05", "2021-03-06", "2021-03-07"]


def test_one_object_is_one_article(read) -> None:
    (row,) = read(dumped(ARTICLES[0], indent=1))
    assert fields(row) == EXPECTED[0]


def test_items_know_their_lines(read) -> None:
    assert [row.line for row in read(dumped(ARTICLES, indent=1))] == [2, 8, 14]
    assert [row.line for row in read("[\n" + ",\n".join(LINES) + "\n]")] == [2, 3, 4]


@pytest.mark.parametrize("wrap", [lambda items: items, lambda items: '{"status": "ok", "articles": ' + items])
def test_array_that_is_cut_keeps_the_items_before_the_break(read, wrap) -> None:
    whole = wrap(dumped(ARTICLES))
    rest = LINES[2][:40]
    first, second, cut = read(whole[: whole.index(LINES[2])] + rest)
    assert [fields(first), fields(second)] == EXPECTED[:2]
    assert cut == Rejected(rest.encode(), 1, "cut short")


def test_array_cut_between_items_says_so(read) -> None:
    assert read(f"[{LINES[0]}, ")[1] == Rejected(b", ", 1, "cut short")


def test_broken_item_is_one_rejected_row(read) -> None:
    for broken in ('{"source": "b.example" "text": 1}', "[1, 2]", '"word"', "17", "null"):
        before, bad, after = read(f"[{LINES[0]},\n{broken},\n{LINES[2]}]")
        assert (bad.reason, bad.raw.strip(b" ,\n"), fields(before), fields(after)) == (
            "broken JSON", broken.encode(), EXPECTED[0], EXPECTED[2],
        )  # fmt: skip


def test_quote_that_is_never_closed_spoils_its_item_alone(read) -> None:
    broken = LINES[1].replace('"text": "', '"text": ')
    before, bad, after = read("[" + ",\n".join([LINES[0], broken, LINES[2]]) + "]")
    assert (fields(before), fields(after)) == (EXPECTED[0], EXPECTED[2])
    assert (bad.reason, bad.line, broken.encode() in bad.raw) == ("broken JSON", 2, True)


def test_undecodable_item_is_one_rejected_row(read) -> None:
    content = dumped(ARTICLES, indent=1).encode().replace("Хоккей".encode(), b"\xff\xfe")
    assert [getattr(row, "reason", None) for row in read(content)] == [None, "undecodable bytes", None]


def test_item_too_large_is_one_rejected_row(read, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.crawl.json_items.MAX_RECORD", 2000)
    monkeypatch.setattr("pipeline.crawl.json_items._CHUNK", 100)
    large = {**ARTICLES[1], "text": "слово " * 3000}
    before, bad, after = read("[\n" + ",\n".join([LINES[0], dumped(large), LINES[2]]) + "\n]")
    assert (fields(before), fields(after), after.line) == (EXPECTED[0], EXPECTED[2], 4)
    assert (bad.reason, bad.line, len(bad.raw)) == ("record too large", 3, 2000)


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 50])
def test_items_do_not_depend_on_how_the_file_is_read(read, monkeypatch, chunk: int) -> None:
    monkeypatch.setattr("pipeline.crawl.json_items._CHUNK", chunk)
    assert [fields(row) for row in read(SHAPES["array escaped to ASCII"])] == EXPECTED


@pytest.mark.parametrize("opening", ["[", '{"status": "ok", "articles": ['])
def test_memory_does_not_grow_with_an_array(tmp_path: Path, monkeypatch, opening: str) -> None:
    for module in ("json_shape", "json_items"):
        monkeypatch.setattr(f"pipeline.crawl.{module}.MAX_RECORD", 2**20)
    path = tmp_path / "crawl.json"
    item = dumped({**ARTICLES[0], "text": "слово " * 1000})
    path.write_text(opening + ",".join([item] * 3000) + ("]" if opening == "[" else "]}"))
    assert path.stat().st_size > 30e6
    tracemalloc.start()
    assert sum(isinstance(row, Accepted) for row in read_crawl(path, "Europe/Moscow")) == 3000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10e6


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("text", ["Первый.", "", "Второй."], "Первый.\nВторой."),
        ("text", ["Мост ", {"type": "bold", "text": "открыли"}, "."], "Мост открыли."),
        ("text", {"rendered": "<p>Мост</p>"}, "Мост"),
        ("title", ["Мост", "открыт"], "Мост открыт"),
        ("title", 1984, "1984"),
        ("source", {"id": None, "name": "ved.example"}, "ved.example"),
        ("source", {"url": "https://www.ved.example/"}, "ved.example"),
        ("source", ["ved.example"], "ved.example"),
        ("date", {"$date": {"$numberLong": "1614931200000"}}, "1614931200000"),
        ("date", ["2021-03-05"], "2021-03-05"),
    ],
)
def test_lists_and_objects_are_read_as_what_they_hold(read, field: str, value: object, expected: str) -> None:
    (row,) = read(dumped({**ARTICLES[0], field: value}))
    assert fields(row)[list(ARTICLES[0]).index(field)] == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("text", value) for value in ({"a": "b"}, 12345, True, [["x"], {"a": 1}], [1, 2])),
        *(("title", value) for value in ({"a": "b"}, False)),
        *(("source", value) for value in ({"id": 5}, ["a", "b"], True)),
    ],
)
def test_what_is_not_a_string_is_rejected_with_the_field(read, field: str, value: object) -> None:
    line = dumped({**ARTICLES[0], field: value})
    assert read(LINES[1] + "\n" + line)[1] == Rejected(line.encode(), 2, f"{field} is not a string")


def test_two_texts_are_refused(read) -> None:
    record = {"source": "a.example", "article": {"text": "Мост."}, "post": {"text": "Другой."}}
    with pytest.raises(PipelineError, match=r"line 1 has texts in article.text and post.text; keep one of them"):
        read(dumped(record))


def test_somebody_elses_text_is_not_the_articles(read) -> None:
    with pytest.raises(PipelineError, match="no text column; its columns are source, comment"):
        read(dumped({"source": "a.example", "comment": {"text": "Хорошая новость!"}}))


def test_other_columns_stay_and_what_was_lifted_is_not_kept_twice(read) -> None:
    (row,) = read(dumped({"id": 7, "article": {"text": "Мост.", "rubric": "город"}, "source": "a.example"}))
    assert row.labels == {"id": "7", "article": '{"rubric": "город"}'}
