"""The article a person asks about: one of the store by its id, or one that is given as JSON."""

from __future__ import annotations

import json
import sys

from pipeline.crawl.article import Article, Assumed, RawArticle, make_article
from pipeline.setup.errors import PipelineError

UNNAMED_SOURCE = "unnamed"
EXAMPLE = '{"title": "…", "text": "…"}'


def given_article(timezone: str) -> Article:
    """Read one article from standard input, a JSON object with a title, a text or both.

    Raises
    ------
    PipelineError
        When that is something else (exit code 2).
    """
    try:
        given = json.load(sys.stdin)
    except (ValueError, RecursionError) as error:
        raise PipelineError(f"standard input is not JSON ({error}); give {EXAMPLE}", exit_code=2) from error
    if not isinstance(given, dict):
        raise PipelineError(f"standard input is not one JSON object; give {EXAMPLE}", exit_code=2)
    fields = {name: given.get(name) or "" for name in ("title", "text")}
    wrong = [name for name, value in fields.items() if not isinstance(value, str)]
    if wrong:
        raise PipelineError(f"{wrong[0]!r} is not a string; give {EXAMPLE}", exit_code=2)
    article = make_article(
        RawArticle(UNNAMED_SOURCE, fields["title"], fields["text"], ""), Assumed(timezone, titles_alone=True)
    )
    if isinstance(article, str):
        raise PipelineError(f"the article on standard input has {article}; give {EXAMPLE}", exit_code=2)
    return article
