from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawl import Accepted, Rejected, Row, read_crawl
from pipeline.setup.errors import PipelineError

HEADER = "source,title,text,publication_date,politics,generation\n"
FIRST = 'sever.example,Мост,"Мост, или «переправа"",\n\nоткрыли.",2020-08-31T21:13Z,1,"политика,\nточно"\n'
LAST = "zapad.example,Паром,Первый рейс.,,,\n"


@pytest.fixture
def read(tmp_path: Path):
    def read(content: str | bytes) -> list[Row]:
        path = tmp_path / "crawl.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_crawl(path, "Europe/Moscow"))

    return read


def test_quoted_fields_go_over_lines(read) -> None:
    first, last = read(HEADER + FIRST + LAST)
    assert first.article.text == 'Мост, или «переправа",\nоткрыли.'
    assert first.article.published_at.isoformat() == "2020-08-31T21:13:00+00:00"
    assert (first.line, last.line) == (2, 6)
    assert first.labels == {"politics": "1", "generation": "политика,\nточно"}
    assert last.labels == {"politics": "", "generation": ""}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.removesuffix("\n"),
        lambda text: text.replace("title,text", "Headline,BODY").replace("publication_date", "Posted_TS"),
        lambda text: text.replace("\nzapad", "\n\nzapad"),
    ],
    ids=["bom", "crlf", "no last newline", "other names", "blank line"],
)
def test_the_same_articles_however_the_file_is_written(read, change) -> None:
    assert [row.article for row in read(change(HEADER + FIRST + LAST))] == [
        row.article for row in read(HEADER + FIRST + LAST)
    ]


def test_delimiter_may_be_a_semicolon(read) -> None:
    rows = read('source;title;text;date\nsever.example;Мост, паром;"Мост; паром";31.08.2020\n')
    assert (rows[0].article.title, rows[0].article.text) == ("Мост, паром", "Мост; паром")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (b"rost.example,a,b\n", "wrong number of fields"),
        (b'rost.example,a,"never closed\nnew line,\n\nand more\n', "broken quotes"),
        (b'rost.example,a,"closed" too early,,,\n', "broken quotes"),
        (b"rost.example,a,\xff\xfe,,,\n", "undecodable bytes"),
        ('rost.example,a,"без конца\nпервая, вторая, третья,\n'.encode(), "broken quotes"),
        (b",a,b,,,\n", "no source"),
        (b"rost.example,a,,,,\n", "no text"),
    ],
)
def test_broken_record_goes_to_quarantine_alone(read, record: bytes, reason: str) -> None:
    first, broken, second, last = read((HEADER + FIRST).encode() + record + (FIRST + LAST).encode())
    assert broken == Rejected(record, 6, reason)
    assert (first.article, last.article.source) == (second.article, "zapad.example")


def test_quote_never_closed_at_the_end(read) -> None:
    rows = read(HEADER + FIRST + 'rost.example,a,"never closed\n' + LAST)
    assert [type(row) for row in rows] == [Accepted, Rejected, Accepted]


def test_record_too_large_is_quarantined_and_reading_goes_on(read, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.crawl.csv_tape.MAX_RECORD", 2000)
    rows = read(HEADER + FIRST + 'rost.example,a,"' + "never closed\n" * 500 + LAST + FIRST)
    assert rows[1].reason == "record too large"
    assert [row.article.source for row in rows if isinstance(row, Accepted)] == [
        "sever.example", "zapad.example", "sever.example",
    ]  # fmt: skip


def test_bare_carriage_returns_are_line_breaks(read) -> None:
    assert read(HEADER + "a.example,Мост,один\rдва,,,\n")[0].article.text == "один\nдва"


def test_file_without_text_is_refused(read) -> None:
    message = r"no text column; its columns are source, title; name it: add --column text=NAME to the command"
    with pytest.raises(PipelineError, match=message) as caught:
        read("source,title\na.example,Мост\n")
    assert caught.value.exit_code == 1


@given(
    st.lists(
        st.tuples(st.text('аб",;\n\r', max_size=20).map(lambda text: f"т{text}"), st.sampled_from(",;")), min_size=1
    )
)
def test_any_texts_come_out_as_they_went_in(tmp_path_factory, texts: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("crawl") / "crawl.csv"
    delimiter = texts[0][1]
    quoted = [text.replace('"', '""') for text, _ in texts]
    lines = [
        delimiter.join(("source", "text", "date")),
        *(delimiter.join(("a.example", f'"{text}"', "")) for text in quoted),
    ]
    path.write_bytes("\n".join(lines).encode())
    rows = list(read_crawl(path, "Europe/Moscow"))
    assert [row.article.text.split() for row in rows] == [text.split() for text, _ in texts]
