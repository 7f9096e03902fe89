"""Review: splitting or merging categories makes candidates for people to decide on; no label is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.categories.review_table import ReviewRow, review_table, titles_of
from pipeline.labels.sheet import write_new
from pipeline.setup.chosen_categories import require_category
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.labels import Labels
from store.review_candidates import SCHEMA, ReviewCandidates

Values = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Proposed:
    """The table to fill in, how many articles it holds per suggestion, and what to do then."""

    file: Path
    articles: int
    suggested_yes: int
    suggested_no: int
    to_decide: int
    next: tuple[str, ...]


def split_category(home: Home, settings: Settings, key: str, into: Sequence[str], file: Path | None) -> Proposed:
    """Propose the articles of one category to its parts.

    A positive of the category may be in any part: its cells stay blank for a person. A negative is in no part: 0 is
    suggested. What a part has a label for already is left out.

    Parameters
    ----------
    file
        Table to write; None takes ``review/split-KEY.csv`` under the home.

    Raises
    ------
    PipelineError
        For categories that do not exist, a category without labels (exit code 2), or a file that is there already.
    """
    values = labels_to_review(home, settings, [key], into)
    rows = [
        ReviewRow(article, part, key, None if value else 0)
        for part in into
        for article, value in values[key].items()
        if article not in values[part]
    ]
    return propose_review(home, [key], into, rows, file or home.path / "review" / f"split-{key}.csv")


def merge_categories(home: Home, settings: Settings, keys: Sequence[str], into: str, file: Path | None) -> Proposed:
    """Propose the articles of some categories to the one that they become.

    A positive of any is suggested as 1, a negative of all as 0; of the others too little is known. What the new
    category has a label for already is left out.

    Parameters
    ----------
    file
        Table to write; None takes ``review/merge-into-KEY.csv`` under the home.

    Raises
    ------
    PipelineError
        For categories that do not exist, a category without labels (exit code 2), or a file that is there already.
    """
    values = labels_to_review(home, settings, keys, [into])
    articles = {article for key in keys for article in values[key]} - set(values[into])
    rows = []
    for article in sorted(articles):
        labels = {key: values[key][article] for key in keys if article in values[key]}
        # One yes is enough for the union; a no to all of them needs a label in each, since unknown is not negative.
        suggestion = int(any(labels.values()))
        if suggestion or len(labels) == len(keys):
            # From those categories alone that say so: an editor sees why a 1 is suggested.
            rows += [ReviewRow(article, into, key, suggestion) for key, value in labels.items() if value == suggestion]
    return propose_review(home, keys, [into], rows, file or home.path / "review" / f"merge-into-{into}.csv")


def labels_to_review(home: Home, settings: Settings, sources: Sequence[str], targets: Sequence[str]) -> Values:
    """Category → article → label, of the categories that give and those that take."""
    for key in targets:
        require_category(key, settings)
        if key in sources:
            raise PipelineError(f"{key!r} cannot be made of itself; its own labels stay, leave it out", exit_code=2)
    values: dict[str, dict[str, int]] = {key: {} for key in (*sources, *targets)}
    for row in Labels(home.db).given().select(["article_id", "category", "value"]).to_pylist():
        if row["category"] in values:
            values[row["category"]][row["article_id"]] = row["value"]
    for key in sources:
        if not values[key]:
            raise PipelineError(f"{key!r} has no labels to review; categories: {', '.join(settings.categories)}", 2)
    return values


def propose_review(
    home: Home, sources: Sequence[str], targets: Sequence[str], rows: Iterable[ReviewRow], file: Path
) -> Proposed:
    """Keep the candidates of stored articles and write the table to fill in."""
    # A label may come before its article; what nobody can read yet is not given to anybody to review.
    titles = titles_of(home, {row.article_id for row in rows})
    stored = [row for row in rows if row.article_id in titles]
    text = review_table(stored, targets, titles)
    # The file before the table in the store: it refuses to overwrite what a person filled in, and then nothing changes.
    write_new(file, text)
    table = pa.Table.from_pylist([vars(row) for row in stored], schema=SCHEMA)
    ReviewCandidates(home.db).replace(targets, sources, table)
    # An article counts once, though it is a row for each category it comes from.
    suggestions = list({row.article_id: row.suggestion for row in stored}.values())
    steps = (
        f"fill in {file}: 1, 0, or blank where nobody knows",
        f"rubrika labels import {file}",
        "rubrika train",
        *(f"rubrika category remove {key}" for key in sources),
    )
    counts = (suggestions.count(1), suggestions.count(0), suggestions.count(None))
    return Proposed(file, len(suggestions), *counts, steps)
