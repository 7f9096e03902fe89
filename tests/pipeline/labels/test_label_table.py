"""Tables of ids without texts, in every format that a crawl may have: each gives the same labels."""

import gzip
import io
import json

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import IDS, Desk

HEADER = ["ID", "Заголовок", "from", "culture", "Экономика"]
ROWS = [
    [IDS[0].upper(), "Заметка о театре; «ноль»", "politics", "1", "0"],
    [f"'{IDS[1]}", "'-- Другая заметка о городе", "", "", "да"],
    ["", "", "", "", ""],
    ["нет-такой", "Строка без статьи", "", "1", "1"],
    [IDS[2], "Третья", "", "0", "?"],
]
LABELS = {"culture": {0: 1, 2: 0}, "economy": {0: 0, 1: 1}}


def separated(delimiter, first="", end="\r\n"):
    return first + "".join(delimiter.join(row) + end for row in [HEADER, *ROWS])


def quoted(delimiter=","):
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\n" for row in [HEADER, *ROWS])


def workbook(*above):
    book = openpyxl.Workbook()
    for row in [*above, HEADER, *ROWS]:
        book.active.append([int(cell) if cell in ("0", "1") else cell or None for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def parquet():
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(zip(HEADER, row, strict=True)) for row in ROWS]), content)
    return content.getvalue()


def json_lines():
    rows = (dict(zip(HEADER, row, strict=True)) for row in ROWS)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


TABLES = {
    "comma.csv": quoted().encode(),
    "excel.csv": separated(";").replace("Заметка о театре; «ноль»", '"Заметка о театре; «ноль»"').encode("cp1251"),
    "sep.csv": ("sep=;\r\n" + quoted(";")).encode("utf-8-sig"),
    "tabs.tsv": separated("\t", end="\n").encode(),
    "unicode_text.txt": separated("\t").encode("utf-16"),
    "packed.csv.gz": gzip.compress(quoted(";").encode("cp1251")),
    "lines.jsonl": json_lines().encode(),
    "table.parquet": parquet(),
    "book.xlsx": workbook(),
    "titled.xlsx": workbook(["Разметка за ноябрь"], []),
    "packed.xlsx.gz": gzip.compress(workbook()),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_ids_is_read_in_every_format(tmp_path, name):
    desk = Desk(tmp_path)
    (tmp_path / name).write_bytes(TABLES[name])
    done = Rubrika(desk.home.path, desk.file).json("labels", "import", tmp_path / name)
    assert desk.labels() == LABELS
    assert (done["added"], done["unmatched"]) == (4, 0)
    assert done["unreadable"] >= 1  # the row that names no article; where rows are objects, the blank one as well
