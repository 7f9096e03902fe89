"""What Russian is really kept in: told by its letters, said, and the quarantine has the file's own bytes."""

import codecs
import gzip
from pathlib import Path

import pytest

from pipeline.crawl import Accepted, Rejected, read_crawl
from pipeline.crawl.encoding import MARKS, SINGLE_BYTE, WIDE, find_encoding
from pipeline.crawl.options import ReadOptions
from pipeline.setup.errors import PipelineError
from tests.pipeline.support.command import ROOT

SAMPLE = ROOT / "data" / "sample" / "crawl.tsv"
CSV = (
    "Заголовок;Текст;Источник;Дата\r\n"
    'Ещё один мост открыт;"Глава города перерезал ленту; обещал ещё два моста.";ved.example;2021-03-05\r\n'
    "Обрывок записи;без источника\r\n"
    "ЯРМАРКА МЁДА;Пасечники Ярославля привезли 12 сортов.;sel.example;2021-03-06\r\n"
)
JSONL = (
    '{"title": "Мост", "text": "Глава города перерезал ленту у моста через реку.", "source": "a.example"}\n'
    '{"title": "Мост", "text": "Хоккеисты победили гостей в Ярославле, зрители ликовали."}\n'
)


def write(tmp_path: Path, content: bytes, name: str = "crawl.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", *SINGLE_BYTE, *WIDE])
@pytest.mark.parametrize("name", ["crawl.csv", "crawl.tsv", "crawl.csv.gz"])
def test_encoding_is_found_and_quarantined_bytes_are_the_files(tmp_path: Path, encoding: str, name: str) -> None:
    crawl = read_crawl(write(tmp_path, CSV.encode(encoding), name), "Europe/Moscow")
    first, broken, last = crawl
    assert crawl.notes.encoding == encoding
    assert first.article.title == "Ещё один мост открыт"
    assert first.article.text == "Глава города перерезал ленту; обещал ещё два моста."
    assert (last.article.title, last.article.text) == ("ЯРМАРКА МЁДА", "Пасечники Ярославля привезли 12 сортов.")
    assert broken == Rejected("Обрывок записи;без источника\r\n".encode(encoding), 3, "wrong number of fields")


@pytest.mark.parametrize(("mark", "encoding"), MARKS.items())
def test_byte_order_mark_names_the_encoding(tmp_path: Path, mark: bytes, encoding: str) -> None:
    crawl = read_crawl(write(tmp_path, mark + CSV.encode(encoding)), "Europe/Moscow")
    assert [type(row) for row in crawl] == [Accepted, Rejected, Accepted]
    assert crawl.notes.encoding == encoding


@pytest.mark.parametrize("encoding", [*SINGLE_BYTE, *WIDE])
def test_json_lines_too(tmp_path: Path, encoding: str) -> None:
    crawl = read_crawl(write(tmp_path, JSONL.encode(encoding), "crawl.jsonl"), "Europe/Moscow")
    good, broken = crawl
    assert good.article.text == "Глава города перерезал ленту у моста через реку."
    assert broken.raw.decode(encoding) == JSONL.splitlines(keepends=True)[1]


@pytest.mark.parametrize("encoding", SINGLE_BYTE)
@pytest.mark.parametrize("ends", ["\r", "\n"])
def test_line_ends_of_an_old_mac_in_its_encoding(tmp_path: Path, encoding: str, ends: str) -> None:
    content = CSV.replace("\r\n", ends).encode(encoding)
    first, broken, last = read_crawl(write(tmp_path, content), "Europe/Moscow")
    assert (first.article.source, last.article.source) == ("ved.example", "sel.example")
    assert broken.raw == f"Обрывок записи;без источника{ends}".encode(encoding)


@pytest.mark.parametrize("encoding", SINGLE_BYTE)
def test_a_line_of_a_hundred_characters_is_told_or_refused_but_never_mistaken(encoding: str) -> None:
    lines = (line[-140:-40] for line in SAMPLE.read_text(encoding="utf-8", errors="ignore").splitlines())
    samples = [line.encode(encoding, "ignore") for line in lines if sum("а" <= sign <= "я" for sign in line) > 50][:200]
    refused = 0
    for sample in samples:
        try:
            told = find_encoding(Path("crawl.csv"), sample)
        except PipelineError:
            refused += 1
            continue
        assert sample.decode(told, "replace") == sample.decode(encoding)
    # cp1251 and mac-cyrillic share the small letters but я; a line with one capital may read well in both
    assert (len(samples), refused <= 4) == (200, True)


def test_byte_that_the_encoding_lacks_costs_its_row(tmp_path: Path) -> None:
    content = CSV.encode("cp1251").replace("два".encode("cp1251"), b"\x98\x98")
    broken, *_ = read_crawl(write(tmp_path, content), "Europe/Moscow")
    assert broken == Rejected(content.split(b"\r\n")[1] + b"\r\n", 2, "undecodable bytes")


def test_cut_utf16_is_rejected_with_its_bytes(tmp_path: Path) -> None:
    content = CSV.encode("utf-16-le")[:-5]
    *_, last = read_crawl(write(tmp_path, codecs.BOM_UTF16_LE + content), "Europe/Moscow")
    assert last.reason == "undecodable bytes"
    assert content.endswith(last.raw)


def test_letters_that_do_not_tell_are_refused_and_the_option_settles_it(tmp_path: Path) -> None:
    path = write(tmp_path, "title;text;source\nЪ;Жзц;a.example\n".encode("koi8-r"))
    with pytest.raises(PipelineError, match=r"its letters do not tell which of cp1251, koi8-r.*--encoding cp1251"):
        read_crawl(path, "Europe/Moscow")
    (row,) = read_crawl(path, "Europe/Moscow", options=ReadOptions(encoding="KOI8-R"))
    assert row.article.text == "Жзц"


def test_named_encoding_goes_before_evidence(tmp_path: Path) -> None:
    path = write(tmp_path, codecs.BOM_UTF16_BE + CSV.encode("utf-16-be"))
    first, *_ = read_crawl(path, "Europe/Moscow", options=ReadOptions(encoding="utf-16"))
    assert first.article.title == "Ещё один мост открыт"
    with pytest.raises(PipelineError, match="unknown encoding 'cp12511'; usual are utf-8, utf-16, cp1251") as caught:
        read_crawl(path, "Europe/Moscow", options=ReadOptions(encoding="cp12511"))
    assert caught.value.exit_code == 2


def test_file_of_two_encodings_is_refused_until_one_is_named(tmp_path: Path) -> None:
    header = b"title;text;source\n"
    rows = [f"Мост {n};Глава города перерезал ленту у моста.;a.example\n" for n in range(10)]
    content = header + b"".join(row.encode("cp1251" if n > 2 else "utf-8") for n, row in enumerate(rows))
    path = write(tmp_path, content)
    with pytest.raises(PipelineError, match=r"part of its text is UTF-8 and part is not.*--encoding utf-8"):
        read_crawl(path, "Europe/Moscow")
    read = list(read_crawl(path, "Europe/Moscow", options=ReadOptions(encoding="utf-8")))
    assert [type(row) for row in read] == [Accepted] * 3 + [Rejected] * 7
    assert read[3].raw == rows[3].encode("cp1251")


def test_one_damaged_row_does_not_change_the_encoding(tmp_path: Path) -> None:
    content = "title,text,source\nМост,Мост открыли.,a.example\n".encode() + b"x,\xcc\xee\xf1\xf2,b.example\n"
    good, broken = read_crawl(write(tmp_path, content), "Europe/Moscow")
    assert (good.article.title, broken.reason) == ("Мост", "undecodable bytes")


def test_english_before_russian_does_not_hide_the_encoding(tmp_path: Path) -> None:
    english = "".join(f"Bridge {n};The mayor opened a bridge.;a.example;2021-03-05\n" for n in range(3000))
    content = ("title;text;source;date\n" + english + CSV.split("\r\n")[1] + "\n").encode("cp1251")
    *_, last = read_crawl(write(tmp_path, content), "Europe/Moscow")
    assert last.article.title == "Ещё один мост открыт"
