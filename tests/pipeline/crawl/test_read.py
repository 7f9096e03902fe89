import gzip
import os
import tracemalloc
from pathlib import Path

import pytest

from pipeline.crawl import read_crawl
from pipeline.setup.errors import PipelineError

TSV = "sever.example\tМост\tМост открыли.\t31.08.2020\n".encode()
CSV = "source,title,text,date\nsever.example,Мост,Мост открыли.,31.08.2020\n".encode()
JSONL = '{"source": "sever.example", "title": "Мост", "text": "Мост открыли.", "date": "31.08.2020"}\n'.encode()


def refused(path: Path, match: str) -> int:
    with pytest.raises(PipelineError, match=match) as caught:
        list(read_crawl(path, "Europe/Moscow"))
    assert "\n" not in str(caught.value)
    return caught.value.exit_code


@pytest.mark.parametrize(("suffix", "content"), [(".tsv", TSV), (".csv", CSV), (".jsonl", JSONL), (".TSV", TSV)])
def test_every_format_is_read_plain_and_compressed(tmp_path: Path, suffix: str, content: bytes) -> None:
    plain, packed = tmp_path / f"crawl{suffix}", tmp_path / f"crawl{suffix}.gz"
    plain.write_bytes(content)
    packed.write_bytes(gzip.compress(content))
    (row,) = read_crawl(plain, "Europe/Moscow")
    assert (row.article.source, row.article.title, row.article.text) == ("sever.example", "Мост", "Мост открыли.")
    assert [packed_row.article for packed_row in read_crawl(packed, "Europe/Moscow")] == [row.article]


def test_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "crawl.tsv").write_bytes(TSV)
    assert refused(tmp_path / "crwal.tsv", "no such file; did you mean crawl.tsv?") == 2
    assert refused(tmp_path / "zzz", "no such file; nothing in .* is called like it") == 2
    assert refused(tmp_path / "no" / "crawl.tsv", "there is no folder .*no either") == 2


def test_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "is a folder; name a file in it") == 2


def test_unknown_suffix_lists_the_known(tmp_path: Path) -> None:
    for name, suffix in (("crawl.docx", ".docx"), ("crawl.log.gz", ".log"), ("crawl", "crawl")):
        (tmp_path / name).write_bytes(TSV)
        expected = (
            f"unknown suffix '{suffix}'; understood are .tsv, .csv, .txt, .xlsx, .json, .jsonl, .ndjson, .parquet, "
        )
        assert refused(tmp_path / name, expected + ".xml, .rss, .atom, each also with .gz") == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open anything")
def test_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crawl.tsv"
    path.write_bytes(TSV)
    path.chmod(0)
    assert refused(path, "cannot be opened: Permission denied") == 2


@pytest.mark.parametrize("name", ["crawl.tsv", "crawl.csv", "crawl.jsonl", "crawl.parquet", "crawl.tsv.gz"])
def test_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert refused(tmp_path / name, "the file is empty") == 1


def test_blank_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "crawl.csv").write_bytes(b"\xef\xbb\xbf \n\n")
    assert refused(tmp_path / "crawl.csv", "the file is empty") == 1
    (tmp_path / "crawl.tsv.gz").write_bytes(gzip.compress(b""))
    assert refused(tmp_path / "crawl.tsv.gz", "the file is empty") == 1


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x1f\x8b\x08\x00", "gzip data; end its name in .gz"),
        (b"PAR1", "a parquet file; end its name in .parquet"),
        (b"abc\0def", r"a binary file \(it has zero bytes\)"),
    ],
)
@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".jsonl"])
def test_binary_file_is_refused(tmp_path: Path, suffix: str, start: bytes, what: str) -> None:
    path = tmp_path / f"crawl{suffix}"
    path.write_bytes(start)
    assert refused(path, f"not {suffix} text but {what}") == 1


def test_compressed_file_that_is_not_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crawl.tsv.gz"
    path.write_bytes(TSV)
    assert refused(path, "not a gzip file .*; rename it without .gz") == 1


def test_cut_compressed_file_is_refused_where_it_breaks(tmp_path: Path) -> None:
    path = tmp_path / "crawl.tsv.gz"
    content = b"".join(
        f"a.example\t{n}\tText {os.urandom(50).hex()} and more.\t31.08.2020\n".encode() for n in range(2000)
    )
    path.write_bytes(gzip.compress(content)[:-5000])
    rows = []
    with pytest.raises(PipelineError, match="the gzip data is damaged or cut short"):
        rows.extend(read_crawl(path, "Europe/Moscow"))


def test_wrong_calls_are_refused_before_the_first_row(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="no such file"):
        read_crawl(tmp_path / "crawl.tsv", "Europe/Moscow")
    (tmp_path / "crawl.tsv").write_bytes(TSV)
    with pytest.raises(PipelineError, match="unknown time zone 'Moscow/Europe'"):
        read_crawl(tmp_path / "crawl.tsv", "Moscow/Europe")


def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.crawl.files.MAX_RECORD", 100_000)
    monkeypatch.setattr("pipeline.crawl.record.MAX_RECORD", 100_000)
    path = tmp_path / "crawl.tsv"
    endless = b"sever.example\tunfinished\t" + b"a line of the text that goes on\n" * 100_000
    path.write_bytes(TSV * 5_000 + endless + TSV + b"a line that never ends " * 200_000 + b"\n" + TSV)
    tracemalloc.start()
    count = sum(1 for _ in read_crawl(path, "Europe/Moscow"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 5_004
    assert peak < 2_000_000 < path.stat().st_size / 4
