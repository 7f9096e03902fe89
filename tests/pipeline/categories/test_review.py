import csv
import io
import re

import pytest

from pipeline.categories.add import add_category
from pipeline.categories.keys import make_category
from pipeline.categories.review import merge_categories, split_category
from pipeline.evaluate.sql.sql import ask
from pipeline.labels.import_labels import import_labels
from pipeline.setup.errors import PipelineError
from tests.pipeline.support.desks import IDS, Desk


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    for key in ("cinema", "music"):
        add_category(desk.home, desk.settings, desk.file, key, make_category(title=key))
    desk.say("culture", {0: 1, 1: 1, 2: 0, 3: 0})
    desk.say("economy", {0: 0, 1: 1, 2: 0, 4: 0})
    return desk


def table(file):
    """The table to fill in: row of the home → its cells."""
    lines = csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig")))
    return {IDS.index(line.pop("id")): line for line in lines}


def split(desk, key, into, file=None):
    return split_category(desk.home, desk.settings, key, into, file)


def merge(desk, keys, into, file=None):
    return merge_categories(desk.home, desk.settings, keys, into, file)


def test_a_split_asks_about_every_positive_and_suggests_no_for_what_was_never_in_it(desk):
    labels = desk.labels()
    desk.say("music", {1: 0})
    proposed = split(desk, "culture", ["cinema", "music"])
    assert (proposed.articles, proposed.to_decide, proposed.suggested_yes, proposed.suggested_no) == (4, 2, 0, 2)
    cells_of_row = table(proposed.file)
    assert [(row, cells["from"], cells["cinema"], cells["music"]) for row, cells in sorted(cells_of_row.items())] == [
        (0, "culture", "", ""),
        (1, "culture", "", ""),
        (2, "culture", "0", "0"),
        (3, "culture", "0", "0"),
    ]
    assert cells_of_row[0]["title"] == "Заметка 0"
    assert set(list(cells_of_row)[:2]) == {0, 1}
    assert desk.labels() == labels | {"music": {1: 0}}


def test_a_merge_suggests_yes_for_what_is_in_any_and_no_for_what_is_in_none(desk):
    labels = desk.labels()
    proposed = merge(desk, ["culture", "economy"], "music")
    assert (proposed.articles, proposed.to_decide, proposed.suggested_yes, proposed.suggested_no) == (3, 0, 2, 1)
    assert {row: (cells["from"], cells["music"]) for row, cells in table(proposed.file).items()} == {
        0: ("culture", "1"),
        1: ("culture economy", "1"),
        2: ("culture economy", "0"),
    }
    assert desk.labels() == labels
    assert proposed.next[1:] == (
        f"rubrika labels import {proposed.file}",
        "rubrika train",
        "rubrika category remove culture",
        "rubrika category remove economy",
    )


def test_what_a_person_filled_in_becomes_labels_and_is_no_candidate_any_more(desk):
    file = split(desk, "culture", ["cinema", "music"]).file
    text = file.read_text(encoding="utf-8-sig").replace(
        f"{IDS[0]},Заметка 0,culture,,", f"{IDS[0]},Заметка 0,culture,1,0"
    )
    file.write_text(text, encoding="utf-8")
    imported = import_labels(desk.home, desk.settings, file)
    assert imported.categories == {
        "cinema": {"positive": 1, "negative": 2, "unknown": 1},
        "music": {"positive": 0, "negative": 3, "unknown": 1},
    }
    assert desk.labels()["cinema"] == {0: 1, 2: 0, 3: 0}
    left = ask(
        desk.home, desk.settings, "SELECT article_id, category, derived_from, suggestion FROM candidates ORDER BY 2"
    )
    assert left == [
        {"article_id": IDS[1], "category": key, "derived_from": "culture", "suggestion": None}
        for key in ("cinema", "music")
    ]


def test_the_same_again_changes_nothing_and_a_table_that_was_filled_in_is_not_overwritten(desk):
    proposed = merge(desk, ["culture", "economy"], "music")
    assert merge(desk, ["culture", "economy"], "music") == proposed
    assert len(ask(desk.home, desk.settings, "SELECT * FROM candidates")) == 5
    proposed.file.write_text("id,music\n")
    with refused("is there already and somebody may have filled it in; import it or move it away, or choose another"):
        merge(desk, ["culture", "economy"], "music")
    other = proposed.file.with_name("other.csv")
    assert merge(desk, ["culture", "economy"], "music", other).file == other


def test_categories_that_cannot_be_split_or_merged_are_named(desk):
    with refused("no category 'theatre'; there are: politics, economy, culture, cinema, music"):
        split(desk, "culture", ["theatre"])
    with refused("'culture' cannot be made of itself; its own labels stay, leave it out"):
        merge(desk, ["economy", "culture"], "culture")
    with refused("'politics' has no labels to review; categories: politics, economy"):
        split(desk, "politics", ["cinema"])


def refused(match):
    return pytest.raises(PipelineError, match=re.escape(match))
