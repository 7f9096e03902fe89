import gzip
from pathlib import Path

import pytest

from pipeline.crawl import Rejected, read_crawl
from pipeline.setup.errors import PipelineError

ITEM = """<item><title>Мост &amp; порт</title><link>https://www.ved.example/1</link>
<pubDate>Fri, 05 Mar 2021 10:00:00 +0300</pubDate>
<description><![CDATA[<p>Мост <b>открыли</b>.</p><p>Порт тоже.</p>]]></description></item>"""
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:yandex="http://news.yandex.ru">
<channel><title>Ведомость</title><link>https://ved.example/</link>
{ITEM}
<item><title>Хоккей</title><link>https://ved.example/2</link><pubDate>Sat, 06 Mar 2021 12:30:00 GMT</pubDate>
<description>Коротко.</description><yandex:full-text>Хоккеисты победили гостей.</yandex:full-text></item>
<item><title>Банк</title><link>https://ved.example/3</link><description>Коротко.</description>
<content:encoded>&lt;p&gt;Банк поднял ставку.&lt;/p&gt;</content:encoded></item>
<item><title>Только заголовок</title><link>https://ved.example/4</link></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Лента</title><updated>2021-03-05T10:00:00Z</updated>
<entry><title>Мост</title><link href="https://ved.example/1"/><published>2021-03-05T10:00:00+03:00</published>
<updated>2021-03-07T10:00:00Z</updated><content type="html">&lt;p&gt;Мост открыли.&lt;/p&gt;</content></entry>
<entry><title>Порт</title><link href="https://ved.example/2"/><updated>2021-03-06T10:00:00Z</updated>
<summary>Порт открыли.</summary></entry></feed>
"""


def read(path: Path, content: str | bytes) -> list:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_crawl(path, "Europe/Moscow"))


def test_rss_gives_the_fullest_text_of_each_item(tmp_path: Path) -> None:
    first, second, third, bare = read(tmp_path / "a.rss", RSS)
    assert (first.article.source, first.article.title) == ("ved.example", "Мост & порт")
    assert (first.article.text, first.line) == ("Мост открыли.\nПорт тоже.", 4)
    assert first.article.published_at.isoformat() == "2021-03-05T07:00:00+00:00"
    assert first.labels == {"url": "https://www.ved.example/1"}
    assert second.article.text == "Хоккеисты победили гостей."
    assert (third.article.text, third.article.published_at) == ("Банк поднял ставку.", None)
    assert (bare.reason, bare.line) == ("no text", 11)
    assert bare.raw.decode() == "<item><title>Только заголовок</title><link>https://ved.example/4</link></item>"


def test_atom_gives_when_it_was_published_else_when_updated(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.atom", ATOM)
    assert [row.article.text for row in rows] == ["Мост открыли.", "Порт открыли."]
    assert [row.article.published_at.isoformat() for row in rows] == [
        "2021-03-05T07:00:00+00:00",
        "2021-03-06T10:00:00+00:00",
    ]


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
def test_encoding_is_the_one_that_the_feed_names(tmp_path: Path, encoding: str) -> None:
    rows = read(tmp_path / "a.xml", RSS.replace("UTF-8", encoding).encode(encoding))
    assert rows[0].article.text == "Мост открыли.\nПорт тоже."


def test_compressed_feed_is_read(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.xml.gz", gzip.compress(RSS.encode()))
    assert [row.article for row in rows[:3]] == [row.article for row in read(tmp_path / "a.xml", RSS)[:3]]


def test_cut_feed_keeps_the_items_before_the_break(tmp_path: Path) -> None:
    place = RSS.index("<description>Коротко.</description><yandex")
    first, rest = read(tmp_path / "a.rss", RSS[: place + 20])
    assert first.article.title == "Мост & порт"
    assert rest == Rejected(RSS[RSS.index("<item><title>Хоккей") : place + 20].encode(), 7, "cut short")


def test_what_is_no_feed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"a.xml: not an RSS or Atom feed; name the feed's file or its address"):
        read(tmp_path / "a.xml", "<?xml version='1.0'?><root><a>1</a></root>")
    page = '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>'
    with pytest.raises(PipelineError, match=r"but a web page, which names its feed /rss.xml; name"):
        read(tmp_path / "a.xml", page)


def test_entities_that_grow_without_end_are_not_followed(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "бом">{entities}]>' + RSS.split("?>", 1)[1]
    rows = read(tmp_path / "a.xml", bomb.replace("Коротко.", "&e9;"))
    assert sum(len(getattr(row, "article", None).text if hasattr(row, "article") else row.raw) for row in rows) < 10_000
