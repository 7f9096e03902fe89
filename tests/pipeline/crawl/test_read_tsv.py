from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawl import Accepted, Rejected, Row, read_crawl
from pipeline.setup.errors import PipelineError

DATE = "21:13 31.08.2020"
FIRST = f"sever.example\tМост открыли\tМост открыли в полдень.\n\nДвижение пустили сразу.\t{DATE}\n"
LAST = f"zapad.example\tПаром пошёл\tПервый рейс был полон.\t{DATE}\n"


@pytest.fixture
def read(tmp_path: Path):
    def read(content: str | bytes) -> list[Row]:
        path = tmp_path / "crawl.tsv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_crawl(path, "Europe/Moscow"))

    return read


def seen(rows: list[Row]) -> list[tuple[str, ...]]:
    """Sources and texts of accepted rows, reasons of rejected ones."""
    return [(row.article.source, row.article.text) if isinstance(row, Accepted) else (row.reason,) for row in rows]


FIRST_SEEN = ("sever.example", "Мост открыли в полдень.\nДвижение пустили сразу.")
LAST_SEEN = ("zapad.example", "Первый рейс был полон.")


def test_records_go_over_lines(read) -> None:
    rows = read(FIRST + LAST)
    assert seen(rows) == [FIRST_SEEN, LAST_SEEN]
    assert [row.line for row in rows] == [1, 4]
    assert rows[0].labels == {}
    assert rows[0].article.published_raw == DATE


@pytest.mark.parametrize(
    ("record", "source", "title", "text"),
    [
        (f"rost.example\tЦены\tОдин\tдва слова\tтри.\t{DATE}\n", "rost.example", "Цены", "Один два слова три."),
        (f"rost.example\tЦены\n растут\tТекст о ценах.\t{DATE}\n", "rost.example", "Цены растут", "Текст о ценах."),
        (f"rost.example\t\tТекст о ценах.\t{DATE}\n", "rost.example", "", "Текст о ценах."),
        ("rost.example\tЦены\tТекст о ценах.\t\n", "rost.example", "Цены", "Текст о ценах."),
        ("rost.example\tЦены\tТекст\nо ценах.\t15:44, 27 сентяб\n", "rost.example", "Цены", "Текст\nо ценах."),
        ("rost.example\tЦены\tТекст о ценах.\tвчера\n", "rost.example", "Цены", "Текст о ценах."),
        (f"rost.example\tЦены\tСтроки:\t\nконец строк.\t{DATE}\n", "rost.example", "Цены", "Строки:\nконец строк."),
        (
            f"rost.example\tЦены\tТаблица:\t\nхлеб\t30\t40\nсыр\t800\t900\n\tи всё.\t{DATE}\n",
            "rost.example",
            "Цены",
            "Таблица:\nхлеб 30 40\nсыр 800 900\nи всё.",
        ),
        (f"rost.example\tЦены\t\nТекст с новой строки.\n\n\t{DATE}\n", "rost.example", "Цены", "Текст с новой строки."),
        (f'rost.example\t"Цены\t"Цены" и "рост.\t{DATE}\n', "rost.example", '"Цены', '"Цены" и "рост.'),
        (f"Вестник Роста\tЦены\tТекст\nо ценах.\t{DATE}\n", "Вестник Роста", "Цены", "Текст\nо ценах."),
        (f"группа «Рост»\t\tТекст о ценах в этом году.\t{DATE}\n", "группа «Рост»", "", "Текст о ценах в этом году."),
        ("rost.example\tЦены\tВстречи:\nпервая\t12.05.2020\nвторая\t13.05.2020\nвсё.\t1598900000\n",
         "rost.example", "Цены", "Встречи:\nпервая 12.05.2020\nвторая 13.05.2020\nвсё."),
    ],
)  # fmt: skip
def test_dirty_record_is_read_whole(read, record: str, source: str, title: str, text: str) -> None:
    before, middle, after = read(FIRST + record + LAST)
    assert (middle.article.source, middle.article.title, middle.article.text) == (source, title, text)
    assert seen([before, after]) == [FIRST_SEEN, LAST_SEEN]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (f"\tЦены\tТекст о ценах.\t{DATE}\n".encode(), "no source"),
        (f"rost.example\tЦены\t\t{DATE}\n".encode(), "no text"),
        (f"rost.example\tЦены\t{DATE}\n".encode(), "wrong number of fields"),
        (b"rost.example\t\xd0\xa6\xd0\xb5\xd0\xbd\xd1\x8b\n", "wrong number of fields"),
        ("rost.example\tЦены\tТекст\nо ценах без последнего поля\n".encode(), "wrong number of fields"),
        ("обрывок без единого разделителя\n\n\nи ещё один\n".encode(), "wrong number of fields"),
        (f"rost.example\tЦены\tТе\xff\xfeкст\t{DATE}\n".encode("latin-1", "replace"), "undecodable bytes"),
    ],
)
def test_broken_record_goes_to_quarantine_alone(read, record: bytes, reason: str) -> None:
    before, broken, after = read(FIRST.encode() + record + LAST.encode())
    assert broken == Rejected(record, 4, reason)
    assert seen([before, after]) == [FIRST_SEEN, LAST_SEEN]


def test_sources_that_are_no_hosts_are_learnt(read) -> None:
    good = f"Вестник Роста\tЦены\tТекст о ценах\nна хлеб.\t{DATE}\n"
    rows = read(good + "Вестник Роста\tЦены\tобрывок записи\n" + good)
    assert [row.line for row in rows] == [1, 3, 4]
    assert seen(rows)[1] == ("wrong number of fields",)
    assert rows[0].article == rows[2].article


def test_first_and_last_records_may_be_broken(read) -> None:
    rows = read("обрывок\n" + FIRST + LAST + "rost.example\tЦены")
    assert seen(rows) == [("wrong number of fields",), FIRST_SEEN, LAST_SEEN, ("wrong number of fields",)]
    assert rows[3].raw == "rost.example\tЦены".encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.removesuffix("\n"),
        lambda text: "\ufeff" + text,
        lambda text: "\n\n" + text + "\n\n",
        lambda text: text.replace("\nzapad", "\n\n\nzapad"),
        lambda text: text.replace(DATE, ""),
        lambda text: "source\ttitle\ttext\tdate\n" + text,
        lambda text: "\ufeffSource\tHeadline\tBody\tPublished_At\r\n" + text,
    ],
    ids=["crlf", "no last newline", "bom", "blank ends", "blank between", "no dates", "header", "other header"],
)
def test_the_same_articles_however_the_file_is_written(read, change) -> None:
    assert seen(read(change(FIRST + LAST))) == [FIRST_SEEN, LAST_SEEN]


def test_columns_that_are_no_fields_are_labels(read) -> None:
    rows = read(
        "source\ttitle\tcontent\tposted_ts\tpolitics\tculture\tgeneration\n"
        "sever.example\tМост\tМост\tоткрыли\nв полдень.\t1598900000\t1\t\tполитика,\nно не культура\n"
        "zapad.example\tПаром\tПервый рейс.\t\t0\t1\tкультура\n"
    )
    assert seen(rows) == [("sever.example", "Мост открыли\nв полдень."), ("zapad.example", "Первый рейс.")]
    assert rows[0].labels == {"politics": "1", "culture": "", "generation": "политика,\nно не культура"}
    assert rows[1].labels == {"politics": "0", "culture": "1", "generation": "культура"}
    assert [row.line for row in rows] == [2, 5]


def test_columns_may_stand_in_any_order(read) -> None:
    rows = read("date\tsource\ttitle\ttext\n31.08.2020\tsever.example\tМост\tМост открыли.\n")
    assert seen(rows) == [("sever.example", "Мост открыли.")]


def test_record_too_large_is_quarantined_and_reading_goes_on(read, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.crawl.record.MAX_RECORD", 1000)
    endless = "rost.example\tЦены\t" + "Строка без конца.\n" * 200
    rows = read(FIRST + endless + LAST)
    assert seen(rows) == [FIRST_SEEN, ("record too large",), LAST_SEEN]
    assert len(rows[1].raw) <= 1000


def test_line_too_large_is_quarantined_and_reading_goes_on(read, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.crawl.files.MAX_RECORD", 500)
    rows = read(FIRST + f"rost.example\tЦены\t{'Строка без конца. ' * 200}\t{DATE}\n" + LAST)
    assert seen(rows) == [FIRST_SEEN, ("record too large",), LAST_SEEN]
    assert rows[2].line == 5


def test_file_of_another_shape_is_refused(read) -> None:
    with pytest.raises(PipelineError, match="columns are not source, title, text, date between tabs; number") as caught:
        read("sever.example,Мост,Мост открыли в полдень.\n")
    assert caught.value.exit_code == 1


def test_file_of_three_columns_is_refused(read) -> None:
    with pytest.raises(PipelineError, match="the first line has 2 tabs"):
        read("sever.example\tМост\tМост открыли.\n" * 3)


def test_header_without_text_is_refused(read) -> None:
    with pytest.raises(PipelineError, match="no text column; its columns are source, title, date; name it"):
        read("source\ttitle\tdate\nsever.example\tМост\t31.08.2020\n")


WORDS = st.text("абвгд ж.,!", min_size=1, max_size=30).filter(str.strip)
TEXTS = st.lists(WORDS | st.sampled_from(["", "а\tб", "строка\t"]), min_size=1, max_size=6).map("\n".join)
SOURCES = st.sampled_from(["sever.example", "news.zapad.example", "vk.example community"])
DATES = st.sampled_from(["", DATE, "2020-08-31", "1598900000", "15:44, 27 сентяб", "Mon, 31 Aug 2020 21:13:45 +0300"])
RECORDS = st.lists(st.tuples(SOURCES, WORDS | st.just(""), TEXTS.filter(str.strip), DATES), min_size=1, max_size=8)


@given(RECORDS)
def test_any_texts_come_out_as_they_went_in(tmp_path_factory, records: list[tuple[str, str, str, str]]) -> None:
    path = tmp_path_factory.mktemp("crawl") / "crawl.tsv"
    path.write_text("".join("\t".join(record) + "\n" for record in records), encoding="utf-8")
    rows = list(read_crawl(path, "Europe/Moscow"))
    assert [(row.article.source, row.article.text.split()) for row in rows] == [
        (source, text.split()) for source, _, text, _ in records
    ]


@given(RECORDS, st.text("абв ,.", min_size=1).filter(str.strip), st.integers(0, 8))
def test_garbage_between_records_costs_none_of_them(tmp_path_factory, records, garbage: str, place: int) -> None:
    lines = ["\t".join(record) + "\n" for record in records]
    lines.insert(place, garbage + "\n")
    path = tmp_path_factory.mktemp("crawl") / "crawl.tsv"
    path.write_text("".join(lines), encoding="utf-8")
    rows = list(read_crawl(path, "Europe/Moscow"))
    assert [row.article.text.split() for row in rows if isinstance(row, Accepted)] == [
        text.split() for _, _, text, _ in records
    ]
    assert [row.raw for row in rows if isinstance(row, Rejected)] == [f"{garbage}\n".encode()]
