"""The pictures of the docs are those that the code makes."""

import re
import runpy
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from tests.pipeline.support.browser import Looked, chromium
from tests.pipeline.support.command import ROOT

IMAGES = ROOT / "docs" / "img"
FLOWS = {"flow.svg": "ENGLISH", "flow.ru.svg": "RUSSIAN"}


@pytest.fixture(scope="module")
def figures():
    """What docs/figures.py defines."""
    return SimpleNamespace(**runpy.run_path(str(ROOT / "docs" / "figures.py")))


@pytest.mark.parametrize("name", FLOWS)
def test_the_flow_is_up_to_date_and_says_what_it_shows(figures, name):
    drawn = figures.flow(getattr(figures, FLOWS[name]))
    assert (IMAGES / name).read_text(encoding="utf-8") == drawn, "make figures"
    tags = {element.tag.rpartition("}")[2]: element for element in ElementTree.fromstring(drawn).iter()}
    assert tags["title"].text
    assert len(tags["desc"].text) > 100
    assert re.search("[а-яё]{5}", drawn)


def test_both_languages_show_the_same_boxes(figures):
    english, russian = figures.ENGLISH, figures.RUSSIAN
    assert english.keys() == russian.keys()
    assert [(step.x, step.width) for step in english["steps"]] == [(step.x, step.width) for step in russian["steps"]]


@pytest.mark.parametrize("name", FLOWS)
def test_no_text_of_the_flow_leaves_its_box_or_touches_another(name):
    with chromium() as browser:
        looked = Looked(browser, IMAGES / name, viewport={"width": 1000, "height": 300})
        texts = looked.boxes("text")
        for place, (left, top, width, height) in enumerate(texts):
            assert left >= 20
            assert left + width <= 980
            assert 0 < top < top + height < 300
            for other_left, other_top, other_width, other_height in texts[place + 1 :]:
                apart = left + width <= other_left or other_left + other_width <= left
                assert apart or top + height <= other_top + 4 or other_top + other_height <= top + 4
        assert looked.complaints == []


def test_pictures_are_small():
    pictures = list(IMAGES.iterdir())
    assert {picture.name for picture in pictures} >= {*FLOWS, "report.png", "learning-curve.svg"}
    assert all(picture.stat().st_size < 300_000 for picture in pictures)


@pytest.mark.parametrize("picture", sorted(picture.name for picture in IMAGES.iterdir()))
def test_every_picture_is_shown_with_words_in_its_place(picture):
    readmes = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ru.md")]
    shown = [re.findall(rf"!\[([^\]]{{30,}})\]\(docs/img/{re.escape(picture)}\)", text) for text in readmes]
    assert sum(len(matches) for matches in shown) == (1 if picture in FLOWS else 2)
