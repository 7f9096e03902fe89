"""The article a person asks about: one of the store by its id, or one that is given as JSON."""

from __future__ import annotations

import json
import sys

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.crawl.article import Article, Assumed, RawArticle, make_article
from pipeline.errors import PipelineError
from pipeline.home import Home
from store.articles import Articles

UNNAMED_SOURCE = "unnamed"
EXAMPLE = '{"title": "…", "text": "…"}'


def stored_article(home: Home, name: str) -> Article:
    """Find an article by its id or the first digits of it.

    Raises
    ------
    PipelineError
        When no article, or more than one, is called so (exit code 2).
    """
    articles = Articles(home.db)
    ids = articles.ids()
    found = ids.filter(pc.starts_with(ids, name)) if name else ids
    if len(found) != 1:
        many = f"{len(found)} articles begin with" if len(found) else f"no article in {home.path} is called"
        listing = 'rubrika sql "SELECT id, title FROM articles LIMIT 20"'
        raise PipelineError(f"{many} {name!r}; name one by its id: {listing}", exit_code=2)
    columns = ["source", "title", "text", "published_at", "published_raw"]
    return Article(**articles.get(pa.array(found), columns).to_pylist()[0])


def given_article(timezone: str) -> Article:
    """Read one article from standard input, a JSON object with a text and perhaps a title.

    Raises
    ------
    PipelineError
        When that is something else (exit code 2).
    """
    try:
        said = json.load(sys.stdin)
    except (ValueError, RecursionError) as error:
        raise PipelineError(f"standard input is not JSON ({error}); give {EXAMPLE}", exit_code=2) from error
    if not isinstance(said, dict):
        raise PipelineError(f"standard input is not one JSON object; give {EXAMPLE}", exit_code=2)
    fields = {name: said.get(name) or "" for name in ("title", "text")}
    wrong = [name for name, value in fields.items() if not isinstance(value, str)]
    if wrong:
        raise PipelineError(f"{wrong[0]!r} is not a string; give {EXAMPLE}", exit_code=2)
    article = make_article(RawArticle(UNNAMED_SOURCE, fields["title"], fields["text"], ""), Assumed(timezone))
    if isinstance(article, str):
        raise PipelineError(f"the article on standard input has {article}; give {EXAMPLE}", exit_code=2)
    return article
