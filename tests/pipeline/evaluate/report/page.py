"""Reading a page: its elements and its words."""

import re
from html.parser import HTMLParser

VOID = {"meta", "path", "br", "hr", "link", "img", "input"}


class Page(HTMLParser):
    """A page's elements; closing what is not open fails."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.words = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).replace("\u00a0", " ").replace("\u2011", "-").split())


def is_whole_and_asks_for_nothing(html, pictures):
    page = Page(html)
    assert page.open == []
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe"}
    assert not re.search(r"https?://|url\(|@import", html)
    assert "None" not in page.text
    assert "nan" not in page.text
    assert sum(tag == "svg" for tag, _ in page.elements) == pictures
