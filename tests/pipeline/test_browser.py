"""The pages as a person sees them: on a desk, on a telephone, at night and on paper."""

import re
from pathlib import Path

import pytest

from tests.pipeline.support.browser import Looked, chromium

DESK, TELEPHONE, PAPER = 1280, 390, 700
VIEWS = {
    "desk": {"viewport": {"width": DESK, "height": 900}},
    "telephone": {"viewport": {"width": TELEPHONE, "height": 844}},
    "night": {"viewport": {"width": DESK, "height": 900}, "color_scheme": "dark"},
    "paper": {"viewport": {"width": PAPER, "height": 1000}},
}
PICTURES = {"evaluation": 4 * 5, "data": 3, "learning": 6}


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(trained):
    """Page → where it is."""
    said = {"evaluation": trained.json("evaluate"), "data": trained.json("report", "data")}
    said["learning"] = trained.json("learning-curve", "--repeats", "3")
    return {name: Path(one["report"]) for name, one in said.items()}


@pytest.fixture(params=PICTURES)
def name(request):
    return request.param


@pytest.fixture
def looked(browser, pages, name, view):
    opened = Looked(browser, pages[name], **VIEWS[view])
    if view == "paper":
        opened.page.emulate_media(media="print")
    yield opened
    opened.page.close()


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_is_whole_in_a_browser(looked, name, view, tmp_path):
    looked.page.screenshot(path=tmp_path / f"{name}-{view}.png", full_page=True)
    assert looked.complaints == []
    assert all(url.startswith("file:") for url in looked.requests)
    assert looked.overflow <= 0
    drawn = looked.boxes("svg")
    assert len(drawn) == PICTURES[name]
    for left, _, width, height in drawn:
        assert left >= 0
        assert left + width <= VIEWS[view]["viewport"]["width"]
        assert min(width, height) > 100
    assert len(re.findall("[А-Яа-яЁё]", looked.page.inner_text("body"))) > 1000


@pytest.mark.parametrize("view", ["desk"])
def test_no_text_of_a_picture_is_cut_off(looked):
    inside = """all => all.every(text => {
        const box = text.getBoundingClientRect(), frame = text.ownerSVGElement.getBoundingClientRect();
        return box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.bottom <= frame.bottom + 1;
    })"""
    assert looked.page.eval_on_selector_all("svg text", inside)


@pytest.mark.parametrize("view", ["paper"])
def test_a_page_prints_on_sheets_without_the_contents(looked, tmp_path):
    sheets = looked.page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert sheets.startswith(b"%PDF")
    assert sheets.count(b"/Type /Page\n") >= 2
    assert not looked.page.is_visible("nav")


@pytest.mark.parametrize("view", ["paper"])
def test_nothing_on_paper_runs_into_what_stands_beside_it(looked, name):
    over = looked.running_over("figure, td, th, .scroll, .two > div, .numbers > div, .split > div, .mistakes > li")
    assert len(over) > PICTURES[name]
    assert max(over) <= 1


@pytest.mark.parametrize("view", ["telephone"])
def test_wide_tables_scroll_by_themselves_and_keep_their_first_column(looked):
    table = looked.page.locator(".scroll").first
    table.evaluate("box => box.scrollLeft = 60")
    head = table.locator("tbody th[scope=row]").first
    assert abs(head.bounding_box()["x"] - table.bounding_box()["x"]) < 2


def test_a_mistake_leads_to_its_neighbour(browser, pages):
    looked = Looked(browser, pages["evaluation"], **VIEWS["desk"])
    link = looked.page.locator(".neighbours a").first
    link.click()
    assert looked.page.evaluate("location.hash") == link.get_attribute("href")
    looked.page.wait_for_function("document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    assert looked.complaints == []
