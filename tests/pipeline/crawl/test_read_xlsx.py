import gzip
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline.crawl import Rejected, read_crawl
from pipeline.setup.errors import PipelineError

HEADER = ["Заголовок", "Текст", "Источник", "Дата", "sport"]
ROW = ["Мост", "Мост открыли\nв полдень.", "ved.example", datetime(2021, 3, 5, 10, 0), 1]


def write(tmp_path: Path, **sheets: list[list[object]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "crawl.xlsx"
    workbook.save(path)
    return path


def test_dates_are_dates_and_numbers_are_labels(tmp_path: Path) -> None:
    day = ["Матч", "Хоккеисты победили.", "sport.example", date(2021, 3, 6), None]
    first, second = read_crawl(write(tmp_path, Лист1=[HEADER, ROW, [], day]), "Europe/Moscow")
    assert (first.article.title, first.article.text) == ("Мост", "Мост открыли\nв полдень.")
    assert first.article.published_at.isoformat() == "2021-03-05T07:00:00+00:00"
    assert (first.labels, second.labels) == ({"sport": "1"}, {"sport": ""})
    assert second.article.published_at.date() == date(2021, 3, 5)  # midnight in Moscow
    assert (first.line, second.line) == (2, 4)


def test_the_first_sheet_with_a_header_is_read_and_a_title_may_stand_above(tmp_path: Path) -> None:
    path = write(tmp_path, notes=[["Выгрузка за март"], ["см. второй лист"]], data=[["Март"], [], HEADER, ROW])
    (row,) = read_crawl(path, "Europe/Moscow")
    assert (row.article.source, row.line) == ("ved.example", 4)


def test_rejected_row_keeps_its_cells(tmp_path: Path) -> None:
    (row,) = read_crawl(write(tmp_path, data=[HEADER, ["Мост", None, "ved.example"]]), "Europe/Moscow")
    assert isinstance(row, Rejected)
    assert row.reason == "no text"
    assert json.loads(row.raw) == {"Заголовок": "Мост", "Текст": "", "Источник": "ved.example", "Дата": "", "sport": ""}


def test_compressed(tmp_path: Path) -> None:
    packed = tmp_path / "crawl.xlsx.gz"
    packed.write_bytes(gzip.compress(write(tmp_path, data=[HEADER, ROW]).read_bytes()))
    (row,) = read_crawl(packed, "Europe/Moscow")
    assert row.article.title == "Мост"


def refused(path: Path, match: str) -> None:
    with pytest.raises(PipelineError, match=match) as caught:
        list(read_crawl(path, "Europe/Moscow"))
    assert "\n" not in str(caught.value)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    refused(
        write(tmp_path, a=[["Шапка", "Слова"], ["Мост", "Открыли."]]),
        "no sheet has a header.*Шапка, Слова.*--column text",
    )
    refused(write(tmp_path, a=[HEADER]), "it holds no rows")
    refused(write(tmp_path, a=[]), "no sheet has a header")
    (tmp_path / "text.xlsx").write_bytes(b"title,text\n")
    refused(tmp_path / "text.xlsx", "not an Excel workbook but text; end its name in .csv")
    (tmp_path / "cut.xlsx").write_bytes(write(tmp_path, a=[HEADER, ROW]).read_bytes()[:2000])
    refused(tmp_path / "cut.xlsx", "not an Excel workbook, or a damaged one")
    (tmp_path / "named.csv").write_bytes(write(tmp_path, a=[HEADER, ROW]).read_bytes())
    refused(tmp_path / "named.csv", "the name of an Excel workbook ends in .xlsx")
