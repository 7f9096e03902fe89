"""Propagate: labels spread to unlabelled articles near labelled ones, as annotator ``knn``, overriding nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from models.splits import TEST
from pipeline.embed.labelled import Labelled, labelled
from pipeline.embed.views import open_views
from pipeline.improve.propagate.spread import OPINIONS, CategoryPropagated, spread_one
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.progress import Advance, progress
from store.labels import PROPAGATED, Labels
from store.splits import Splits


@dataclass(frozen=True)
class Propagated:
    """What was spread: the promise, opinions that were new or changed, opinions taken back."""

    precision: float
    dry_run: bool
    written: int
    withdrawn: int
    categories: dict[str, CategoryPropagated]


def propagate(
    home: Home, settings: Settings, only: Sequence[str], precision: float, *, dry_run: bool, quiet: bool
) -> Propagated:
    """Spread labels over the cached vectors, as far as held-out articles keep a promised precision.

    Only labels outside the test vote, and no article of the test gets one. An article that anybody labelled keeps that
    label. What was spread before and does not hold any more is withdrawn; the same again changes nothing.

    Parameters
    ----------
    only
        Only these categories; empty: all of the settings.
    precision
        Share of yes, and of no, that is to be right; in (0, 1).
    dry_run
        Write nothing.

    Raises
    ------
    PipelineError
        For an unknown category or a precision that is no share (exit code 2), or where nothing is labelled.
    """
    if not 0 < precision < 1:
        raise PipelineError(f"--precision {precision}: a share above 0 and below 1 is meant, like 0.95", exit_code=2)
    keys = chosen_categories(settings, only)
    sets = {key: rows.development for key, rows in labelled(home, keys).items()}
    if not any(len(rows.ids) for rows in sets.values()):
        raise PipelineError(
            f"nothing outside the test is labelled for {', '.join(keys)}; run: rubrika labels import FILE"
        )
    before = opinions_before(home, keys)
    categories: dict[str, CategoryPropagated] = {}
    spread: list[pa.Table] = []
    with progress("propagate", len(keys), "categories", quiet=quiet) as advance:
        for key, category, opinions_of_one in spread_all(home, settings, sets, precision, advance):
            categories[key] = category
            spread.append(opinions_of_one)
    opinions = pa.concat_tables(spread)
    gone = taken_back(before, opinions)
    written = 0 if dry_run else Labels(home.db).add(pa.concat_tables([opinions, gone]), PROPAGATED)
    return Propagated(precision, dry_run, written - (0 if dry_run else gone.num_rows), gone.num_rows, categories)


def spread_all(
    home: Home, settings: Settings, sets: Mapping[str, Labelled], precision: float, advance: Advance
) -> Iterator[tuple[str, CategoryPropagated, pa.Table]]:
    """Each category with what its labels come to and the opinions that follow."""
    vectors, splits, given = open_views(home).vectors, Splits(home.db).all(), Labels(home.db).given()
    outside = splits.filter(pc.not_equal(splits["part"], TEST))["id"].combine_chunks()
    for key, rows in sets.items():
        labelled_ids = given.filter(pc.equal(given["category"], key))["article_id"].combine_chunks()
        unlabelled = outside.filter(pc.invert(pc.is_in(outside, value_set=labelled_ids)))
        yield key, *spread_one(key, rows, unlabelled, vectors, settings.train, precision)
        advance(1)


def opinions_before(home: Home, keys: Sequence[str]) -> pa.Table:
    """What was spread before and stands, article and category."""
    latest = Labels(home.db).latest()
    stands = pc.and_(pc.equal(latest["annotator"], PROPAGATED), pc.is_valid(latest["value"]))
    of_keys = pc.is_in(latest["category"], value_set=pa.array(keys, pa.string()))
    return latest.filter(pc.and_(stands, of_keys)).select(["article_id", "category"])


def taken_back(before: pa.Table, now: pa.Table) -> pa.Table:
    """Opinions of before that do not hold any more, with no value."""
    gone = before.join(now.select(["article_id", "category"]), keys=["article_id", "category"], join_type="left anti")
    nothing = [pa.nulls(gone.num_rows, OPINIONS.field(name).type) for name in ("value", "confidence")]
    return pa.Table.from_arrays([gone["article_id"], gone["category"], *nothing], schema=OPINIONS)
