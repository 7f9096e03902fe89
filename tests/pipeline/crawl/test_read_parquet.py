import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.crawl import Rejected, read_crawl
from pipeline.setup.errors import PipelineError

MOMENT = datetime(2020, 8, 31, 18, 13, tzinfo=UTC)


def write(path: Path, **columns: object) -> Path:
    pq.write_table(pa.table({"source": ["a.example"], "text": ["Мост открыли."], **columns}), path)
    return path


@pytest.mark.parametrize(
    "dates",
    [
        pa.array(["2020-08-31 21:13"]),
        pa.array(["2020-08-31 21:13"]).dictionary_encode(),
        pa.array([int(MOMENT.timestamp())]),
        pa.array([MOMENT.timestamp()]),
        pa.array([int(MOMENT.timestamp()) * 1000]),
        pa.array([MOMENT], pa.timestamp("us", "UTC")),
        pa.array([MOMENT], pa.timestamp("ns", "Europe/Moscow")),
        pa.array([datetime(2020, 8, 31, 21, 13)], pa.timestamp("ms")),
    ],
    ids=lambda dates: str(dates.type),
)
def test_dates_of_every_type_are_read(tmp_path: Path, dates: pa.Array) -> None:
    (row,) = read_crawl(write(tmp_path / "crawl.parquet", date=dates), "Europe/Moscow")
    assert row.article.published_at == MOMENT


def test_days_and_missing_dates_are_read(tmp_path: Path) -> None:
    days = pa.array([date(2020, 8, 31)])
    (row,) = read_crawl(write(tmp_path / "a.parquet", date=days), "Europe/Moscow")
    assert row.article.published_at == datetime(2020, 8, 30, 21, tzinfo=UTC)
    (row,) = read_crawl(write(tmp_path / "b.parquet", date=pa.array([None], pa.timestamp("us"))), "Europe/Moscow")
    assert (row.article.published_at, row.article.published_raw) == (None, "")


def test_labels_are_strings_as_in_a_table(tmp_path: Path) -> None:
    path = write(tmp_path / "crawl.parquet", a=[1], b=[None], c=[1.0], d=[True], e=["x"])
    (row,) = read_crawl(path, "Europe/Moscow")
    assert row.labels == {"a": "1", "b": "", "c": "1", "d": "1", "e": "x"}


def test_broken_rows_go_to_quarantine_alone(tmp_path: Path) -> None:
    path = tmp_path / "crawl.parquet"
    texts = pa.array([b"\xff", "Мост".encode(), None]).cast(pa.binary()).view(pa.string())
    pq.write_table(pa.table({"source": ["a.example"] * 3, "text": texts}), path)
    bad, good, empty = read_crawl(path, "Europe/Moscow")
    assert (bad.reason, bad.line) == ("undecodable bytes", 1)
    assert (good.article.text, good.line) == ("Мост", 2)
    assert empty == Rejected(b'{"source": "a.example", "text": ""}', 3, "no text")


def test_compressed_file_is_read(tmp_path: Path) -> None:
    plain = write(tmp_path / "crawl.parquet")
    packed = tmp_path / "crawl.parquet.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert list(read_crawl(packed, "Europe/Moscow")) == list(read_crawl(plain, "Europe/Moscow"))


def test_file_that_is_not_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crawl.parquet"
    path.write_bytes(b"source\ttext\n")
    with pytest.raises(PipelineError, match="not a parquet file, or a damaged one") as caught:
        list(read_crawl(path, "Europe/Moscow"))
    assert caught.value.exit_code == 1


def test_cut_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "crawl.parquet")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(PipelineError, match="not a parquet file, or a damaged one"):
        list(read_crawl(path, "Europe/Moscow"))


def test_file_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crawl.parquet"
    pq.write_table(pa.table({"source": ["a.example"], "note": ["x"]}), path)
    with pytest.raises(PipelineError, match="no text column; its columns are source, note"):
        list(read_crawl(path, "Europe/Moscow"))


def test_structs_and_lists_are_read_as_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "crawl.parquet"
    table = {
        "source": [{"id": 1, "name": "a.example"}, {"id": 2, "name": None}],
        "text": [["Мост.", "Второй абзац."], ["Порт."]],
        "date": [1614931200000000000] * 2,
    }
    pq.write_table(pa.table(table), path)
    good, bad = read_crawl(path, "Europe/Moscow")
    assert (good.article.source, good.article.text) == ("a.example", "Мост.\nВторой абзац.")
    assert good.article.published_at == datetime(2021, 3, 5, 8, tzinfo=UTC)
    assert (bad.reason, bad.line) == ("source is not a string", 2)
    assert b'"text": "[\\"\xd0\x9f\xd0\xbe\xd1\x80\xd1\x82.\\"]"' in bad.raw


def test_fields_inside_a_struct_are_lifted(tmp_path: Path) -> None:
    path = tmp_path / "crawl.parquet"
    pq.write_table(pa.table({"url": ["https://a.example/1"], "article": [{"title": "Мост", "text": "Открыли."}]}), path)
    (row,) = read_crawl(path, "Europe/Moscow")
    assert (row.article.source, row.article.title, row.article.text) == ("a.example", "Мост", "Открыли.")
