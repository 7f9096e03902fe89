"""Category keys: what may be one, which exist, and whether it is safe to change them now."""

from __future__ import annotations

import re

from pydantic import ValidationError

from models.annotator.reserved import is_reserved
from pipeline.crawl.names import field_of
from pipeline.labels.label_rows import NOT_LABELS
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import CATEGORY_KEY, Category, Settings

# Names that a column or a row of a report has already: as a category's key they would hide it, or be hidden by it.
AVERAGES = frozenset({"macro", "micro", "all"})
TAKEN = NOT_LABELS | AVERAGES | {"article_id"}


def make_category(**fields: str | float | None) -> Category:
    """Make a category of what was typed.

    Raises
    ------
    PipelineError
        For an empty title or one that is a word of the annotator's answers, an unknown policy or a precision that is no
        share (exit code 2).
    """
    title = fields.get("title")
    if isinstance(title, str) and is_reserved(title):
        how = f"a language model answers with it; say more, like: «{title} — новости»"
        raise PipelineError(f"category title «{title}» is a reserved word: {how}", exit_code=2)
    try:
        given = {name: value for name, value in fields.items() if value is not None}
        return Category.model_validate(given)
    except ValidationError as error:
        problem = error.errors()[0]  # one problem a line; the next shows itself when this one is mended
        name = str(problem["loc"][0])
        raise PipelineError(f"{name} = {problem['input']!r}: {problem['msg']}", exit_code=2) from error


def require_new(key: str, settings: Settings) -> None:
    """Refuse a key that exists or is none, the name of another column, or a word of the annotator's answers."""
    if key in settings.categories:
        title = settings.categories[key].title
        how = f"to change its title: rubrika category rename {key} --title TITLE"
        raise PipelineError(f"category {key!r} exists already («{title}»); {how}", exit_code=2)
    if not re.fullmatch(CATEGORY_KEY, key):
        rule = "use small Latin letters, digits and _, a letter first, at most 41 characters, like real_estate"
        raise PipelineError(f"{key!r} cannot be a category key; {rule}; the title may be anything", exit_code=2)
    if key in TAKEN or field_of(key):
        raise PipelineError(f"category key {key!r} is the name of another column; try: {key}_news", exit_code=2)
    if is_reserved(key):
        how = f"a language model answers with it; try: {key}_news"
        raise PipelineError(f"category key {key!r} is a reserved word: {how}", exit_code=2)
