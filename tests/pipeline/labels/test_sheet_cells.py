"""The sheets that people fill in: what they show of an article, and what a person is told to do with them."""

from pathlib import Path

import pyarrow as pa

from pipeline.labels.sheet import MOST_CHARACTERS, article_cells, next_with_sheet
from store.articles import Articles
from tests.pipeline.support.homes import tiny_ids

COMMAND = ["rubrika", "label-errors", "-n", "5", "--annotator", "editor:Анна К."]


def test_articles_come_in_the_order_asked_for_with_what_a_person_knows_them_by(tiny):
    home, _ = tiny
    first, second = tiny_ids()[:2]
    cells = article_cells(home, [second, first])
    assert [row["title"] for row in cells] == ["Заметка 1", "Заметка 0"]
    assert list(cells[0]) == ["id", "source", "title", "text"]


def test_a_cell_is_no_formula_and_no_longer_than_spreadsheets_hold(tiny, monkeypatch):
    home, _ = tiny
    stored = {"id": "a", "source": None, "title": "=HYPERLINK(1)", "text": "слово " * MOST_CHARACTERS}
    monkeypatch.setattr(Articles, "get", lambda *_: pa.Table.from_pylist([stored]))
    (row,) = article_cells(home, ["a"])
    assert (row["source"], row["title"]) == ("", "'=HYPERLINK(1)")
    assert len(row["text"]) <= MOST_CHARACTERS + 2
    assert row["text"].endswith("слово …")


def test_with_a_sheet_a_person_fills_it_in_and_imports_it():
    steps = next_with_sheet(Path("check.csv"), "check", "1 or 0 for every ?", COMMAND)
    assert steps == (
        "check check.csv: 1 or 0 for every ?",
        "rubrika labels import check.csv --annotator editor:NAME",
        "rubrika train",
    )


def test_without_one_the_same_command_is_offered_that_writes_it():
    (step,) = next_with_sheet(None, "check", "1 or 0 for every ?", COMMAND)
    assert step == "rubrika label-errors -n 5 --annotator 'editor:Анна К.' --out FILE.csv, a table to check"
