"""A real browser for tests: the system's Chromium, which asks nothing of the network by itself."""

from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium():
    """A browser, or a skipped test where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing; install it to see the pages in a browser: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


class Looked:
    """A page opened in a browser, and what it asked for and complained of meanwhile."""

    def __init__(self, browser, path, **context):
        self.page = browser.new_page(**context)
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())

    def boxes(self, selector):
        """Left, top, width and height in pixels of every element."""
        script = "all => all.map(one => one.getBoundingClientRect()).map(box => [box.x, box.y, box.width, box.height])"
        return self.page.eval_on_selector_all(selector, script)

    def running_over(self, selector):
        """Pixels by which what is written in every element runs over its left or right side."""
        script = """all => all.map(one => {
            const range = document.createRange(), box = one.getBoundingClientRect();
            range.selectNodeContents(one);
            const inside = [...range.getClientRects()].filter(part => part.width && part.height);
            return Math.max(0, ...inside.map(part => Math.max(part.right - box.right, box.left - part.left)));
        })"""
        return self.page.eval_on_selector_all(selector, script)

    @property
    def overflow(self):
        """Pixels by which the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
