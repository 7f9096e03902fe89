"""Sheets that commands write come back filled in, as a workbook or as Excel's CSV, and say what a person said."""

import csv
from pathlib import Path

import openpyxl
import pytest

from store.labels import Labels
from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import IDS, Desk
from tests.pipeline.support.homes import KEYS, N, label

NAMES = ("id", "source", "title", "text", "comment", "from")
WHO = "editor:анна"
SHEETS = {
    "suggest": ("suggest", "--category", "politics", "-n", "6"),
    "audit": ("labels", "audit", "-n", "20", "--category", "economy"),
    "label-errors": ("label-errors", "-n", "3"),
    "split": ("category", "split", "culture", "sport", "technology"),
    "merge": ("category", "merge", "culture", "economy", "sport"),
}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """A home with two labelled categories, three labels of them wrong, and a model's opinions; and its sheets."""
    folder = tmp_path_factory.mktemp("newsroom")
    desk = Desk(folder, KEYS)
    label(desk.home, "economy", wrong=[2, 16])
    label(desk.home, "culture", wrong=[8])
    desk.say("economy", {row: row % 2 for row in range(N)}, "llm:tiny")
    for sheet, command in SHEETS.items():
        Rubrika(desk.home.path, desk.file).json(*command, "--out", folder / f"{sheet}.csv")
    return folder


def answered(rows):
    """Fill in every cell that asks; return what the sheet says then: (article, category) → 1 or 0."""
    keys = [name for name in rows[0] if name not in NAMES]
    asking = "?" if any(row[key] == "?" for row in rows for key in keys) else ""
    for row in rows:
        row |= {key: str(IDS.index(row["id"]) % 2) for key in keys if row[key] == asking}
    return {(row["id"], key): int(row[key]) for row in rows for key in keys if row[key]}


def spoilt(rows):
    """What a spreadsheet does to texts: it cuts long ones and keeps the apostrophe that hides a formula."""
    return [
        {
            name: cell[:12] if name == "text" else f"'=Заметка; «{cell}»" if name == "title" else cell
            for name, cell in row.items()
        }
        for row in rows
    ]


def as_workbook(rows, file):
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append([int(cell) if cell in ("0", "1") else cell or None for cell in row.values()])
    book.save(file)


def as_excels_csv(rows, file):
    with Path(file).open("w", encoding="cp1251", errors="replace", newline="") as target:
        table = csv.writer(target, delimiter=";")
        table.writerows([list(rows[0]), *(row.values() for row in rows)])


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(("save", "name"), [(as_workbook, "filled.xlsx"), (as_excels_csv, "filled.csv")])
def test_a_sheet_comes_back_from_excel(newsroom, tmp_path, sheet, save, name):
    desk = Desk(tmp_path, KEYS, template=newsroom / "home")
    with (newsroom / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    answers = answered(rows)
    assert len(answers) >= 3
    save(spoilt(rows), tmp_path / name)
    done = Rubrika(desk.home.path, desk.file).json("labels", "import", tmp_path / name, "--annotator", WHO)
    assert (done["unmatched"], done["unreadable"], done["added"]) == (0, 0, len(answers))
    opinions = [row for row in Labels(desk.home.db).latest().to_pylist() if row["annotator"] == WHO]
    assert {(row["article_id"], row["category"]): row["value"] for row in opinions} == answers
