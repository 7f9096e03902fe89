"""The stored article that a person names by its id or the first digits of it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.crawl.article import Article
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from store.articles import Articles


def stored_article(home: Home, name: str) -> Article:
    """Find an article by its id or the first digits of it.

    Raises
    ------
    PipelineError
        When no article, or more than one, is called so (exit code 2).
    """
    articles = Articles(home.db)
    ids = articles.ids()
    matching = ids.filter(pc.starts_with(ids, name)) if name else ids
    if len(matching) != 1:
        many = f"{len(matching)} articles begin with" if len(matching) else f"no article in {home.path} is called"
        listing = 'rubrika sql "SELECT id, title FROM articles LIMIT 20"'
        raise PipelineError(f"{many} {name!r}; name one by its id: {listing}", exit_code=2)
    columns = ["source", "title", "text", "published_at", "published_raw"]
    return Article(**articles.get(pa.array(matching), columns).to_pylist()[0])
