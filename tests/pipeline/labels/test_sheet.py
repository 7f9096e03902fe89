"""What is exported comes back: the same articles, the same labels, whatever characters they hold."""

import csv

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawl.article import Article, Assumed, RawArticle, make_article
from pipeline.labels.label_table import read_label_table
from pipeline.labels.sheet import FORMULA, cell, plain_cell
from pipeline.labels.table import ARTICLE, SUFFIXES, require_new_table, write_table
from pipeline.labels.values import label_value
from pipeline.setup.errors import PipelineError

KEYS = ["sport", "culture"]
TEXTS = st.text(alphabet=st.sampled_from("абв АБ,;\"'\n\t=+-@<&1?0\u00a0é"), max_size=30)
LABELS = st.fixed_dictionaries({key: st.sampled_from([1, 0, None]) for key in KEYS})


def row(title, text, labels):
    """A table's row of a clean article, with its id; None where cleaning leaves none."""
    made = make_article(RawArticle("источник", title, text, "2024-02-03 10:00"), Assumed("Europe/Moscow"))
    if not isinstance(made, Article):
        return None
    fields = {name: getattr(made, name) for name in ("source", "title", "text")}
    return made.id, {"id": made.id, **fields, "publication_date": made.published_at, **labels}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_label_finds_its_article_again(suffix, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")

    @given(st.lists(st.tuples(TEXTS, TEXTS, LABELS), min_size=1, max_size=6))
    def comes_back(given):
        rows = [made for title, text, labels in given if (made := row(title, text, labels))]
        file = folder / f"table{suffix}"
        write_table(file, [*ARTICLE, *KEYS], [cells for _, cells in rows])
        if not rows:
            return
        read = read_label_table(file, "Europe/Moscow").rows
        labels = [(row.article_id, key, label_value(row.cells[key])) for row in read for key in KEYS]
        assert labels == [(article_id, key, cells[key]) for article_id, cells in rows for key in KEYS]

    comes_back()


def test_a_csv_begins_with_the_mark_that_spreadsheets_need(tmp_path):
    _, cells = row("Матч", "Победа.", {"sport": 1, "culture": None})
    write_table(tmp_path / "t.csv", [*ARTICLE, *KEYS], [cells])
    assert (tmp_path / "t.csv").read_bytes().startswith("\ufeffid,source,title,".encode())


@given(TEXTS)
def test_no_text_is_a_formula_in_a_cell_and_every_text_comes_back(text):
    assert not cell(text).startswith(FORMULA)
    assert plain_cell(cell(text)) == text


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+7 999", "-- сказал он", "@editor", "'=1", "＝1"])
def test_an_exported_csv_has_no_formula_and_its_articles_keep_their_id_in_another_home(tmp_path, text):
    article_id, cells = row(text, text, {"sport": 1, "culture": None})
    write_table(tmp_path / "t.csv", [*ARTICLE, *KEYS], [cells])
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as lines:
        (written,) = csv.DictReader(lines)
    assert (written["title"], written["text"]) == (f"'{text}", f"'{text}")
    (read,) = read_label_table(tmp_path / "t.csv", "Europe/Moscow").rows
    assert read.article_id == article_id


def test_an_apostrophe_that_an_article_has_of_itself_stays(tmp_path):
    article_id, cells = row("'=1", "'+ это цитата", {"sport": 1, "culture": None})
    file = tmp_path / "t.csv"
    file.write_text(f"source,title,text,sport\nx,{cells['title']},{cells['text']},1\n", encoding="utf-8")
    (read,) = read_label_table(file, "Europe/Moscow").rows
    assert read.stored_id(set()) == read.article_id == article_id


def test_a_parquet_table_has_types_and_unknown_is_null(tmp_path):
    _, cells = row("Матч", "Победа.", {"sport": 1, "culture": None})
    write_table(tmp_path / "t.parquet", [*ARTICLE, *KEYS], [cells])
    table = pq.read_table(tmp_path / "t.parquet")
    assert [str(kind) for kind in table.schema.types] == ["string"] * 4 + ["timestamp[us, tz=UTC]"] + ["int8"] * 2
    assert table.to_pylist()[0] == cells


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("there.csv", "there.csv is there already; move it away, or export to another file"),
        ("table.xls", "table.xls: unknown suffix '.xls'; written are .csv, .jsonl, .parquet"),
    ],
)
def test_a_file_that_is_there_and_a_format_that_is_none_are_refused(tmp_path, name, said):
    (tmp_path / "there.csv").write_text("precious")
    with pytest.raises(PipelineError, match=said) as caught:
        require_new_table(tmp_path / name)
    assert caught.value.exit_code == 2
    assert (tmp_path / "there.csv").read_text() == "precious"
