import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawl import read_crawl
from pipeline.crawl.columns import HEADERLESS, find_columns
from pipeline.crawl.files import Line
from pipeline.crawl.framing import frame
from pipeline.crawl.layout import Layout
from pipeline.crawl.sources import Sources, is_date, may_be_source

PIECES = st.sampled_from(
    [b"\t", b"\n", b"\r\n", b"a.example", b"31.08.2020", b"\xff", "слово и ещё слово".encode(), b'"', b" "]
)


def as_lines(data: bytes) -> list[Line]:
    return [Line(number, piece, True) for number, piece in enumerate(data.splitlines(keepends=True), start=1)]


@pytest.mark.parametrize(
    "columns",
    [HEADERLESS, find_columns(("date", "source", "text")), find_columns(("source", "text", "date", "a", "b"))],
)
@given(data=st.lists(PIECES).map(b"".join))
def test_no_line_is_lost_doubled_or_moved(columns, data: bytes) -> None:
    records = list(frame(as_lines(data), columns))
    assert b"".join(record.raw for record in records).split() == data.split()
    assert [record.line for record in records] == sorted({record.line for record in records})


@given(data=st.lists(PIECES).map(b"".join))
def test_a_whole_record_has_all_its_fields(data: bytes) -> None:
    layout = Layout.of(HEADERLESS)
    assert all(len(layout.split(record.raw)) == 4 for record in frame(as_lines(data), HEADERLESS) if not record.broken)


@pytest.mark.parametrize("host", ["lenta.example", "www.a-b.example", "https://a.example/rss", "vk.example community"])
def test_host_is_a_sure_source(host: str) -> None:
    assert Sources().sure(host.encode())


def test_source_is_sure_once_met() -> None:
    sources = Sources()
    assert not sources.sure("Вестник Роста".encode())
    sources.learn("Вестник Роста".encode())
    assert sources.sure("Вестник Роста".encode())


@pytest.mark.parametrize("field", ["Конец предложения.", "31.08.2020", " отступ", "слово " * 20])
def test_prose_and_dates_are_no_sources(field: str) -> None:
    assert not may_be_source(field.encode())


@pytest.mark.parametrize(
    "date",
    ["21:13 31.08.2020", "2020-08-31T21:13Z", "17/05/2024", "1598900000", "1598900000000.0", "Mon, 31 Aug 2020 21:13",
     "15:44, 27 сентяб", "15:44", "17 мая 2024 г."],
)  # fmt: skip
def test_dates_are_known_by_their_shape(date: str) -> None:
    assert is_date(date.encode())


@pytest.mark.parametrize("field", ["", "10", "30 000", "в 2020 году", "3 из 5", "т. 2"])
def test_figures_alone_are_no_dates(field: str) -> None:
    assert not is_date(field.encode())


@pytest.mark.parametrize(
    "date",
    [
        *("Вчера в 10:00", "2 часа назад", "Опубликовано: 31.08.2020 20:04", "пятница, 12 января 2024, 10:30"),
        *("20200831T200400", "Aug 31, 2020 8:04 PM", "Mon Aug 31 20:04:00 2020", "31-Aug-2020", "2020-8-31"),
        *("1614931200000000000", "2020-W36-1"),
    ],
)
def test_records_of_several_lines_end_at_dates_of_every_form(tmp_path, date: str) -> None:
    path = tmp_path / "crawl.tsv"
    path.write_text("".join(f"Вести\tМост {n}\tМост {n} открыли.\nВторой абзац.\t{date}\n" for n in range(3)))
    rows = list(read_crawl(path, "Europe/Moscow"))
    assert [row.article.text for row in rows] == [f"Мост {n} открыли.\nВторой абзац." for n in range(3)]
    assert {row.article.published_raw for row in rows} == {date}
