"""The sample of an audit: which labels a person checks, drawn by lot within strata, in few articles.

Each article gets one random number for all categories, and of every stratum those with the smallest are drawn. So each
stratum has a simple random sample, and one article serves many strata: E. Ohlsson, "Coordination of samples using
permanent random numbers" (Business Survey Methods, Wiley 1995, chapter 9).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from pipeline.labels.lot import lot
from pipeline.setup.errors import PipelineError

NO_PER_YES = 3
Cell = tuple[str, int]  # a category and the value that was said


def draw(strata: Mapping[Cell, Sequence[str]], articles: int, seed: int) -> dict[Cell, list[str]]:
    """Draw as many labels as fit into a number of articles: of each category m times "yes" and 3 m times "no".

    The rare "yes" is drawn densely, for precision; "no" decides about recall, and its articles are mostly the same for
    all categories. A smaller stratum is drawn whole.

    Parameters
    ----------
    strata
        Every article of each stratum.
    articles
        At most so many in all.
    seed
        Another one draws other articles.

    Returns
    -------
    dict
        The drawn articles of each stratum, by their lots: the first of them are a random sample, too.

    Raises
    ------
    PipelineError
        When so few articles hold no sample (exit code 2).
    """
    ordered = {stratum: by_lot(members, seed) for stratum, members in strata.items()}
    largest = max((len(members) for members in ordered.values()), default=0)
    size = bisect_right(range(1, largest + 1), articles, key=lambda yes: len(in_all(first_of(ordered, yes))))
    if not size:
        least, categories = len(in_all(first_of(ordered, 1))), len({key for key, _ in strata})
        how = f"give -n {least} or more, or fewer categories with --category"
        raise PipelineError(f"-n {articles} articles are too few for {categories} categories; {how}", exit_code=2)
    return first_of(ordered, size)


def by_lot(articles: Iterable[str], seed: int) -> list[str]:
    """Order articles by chance, the same at every run and in every stratum."""
    return sorted(articles, key=lambda article: lot(f"audit:{seed}:{article}"))


def first_of(ordered: Mapping[Cell, Sequence[str]], yes: int) -> dict[Cell, list[str]]:
    """The sample for some number of "yes"."""
    return {
        (category, value): list(members[: yes if value else NO_PER_YES * yes])
        for (category, value), members in ordered.items()
    }


def in_all(sample: Mapping[Cell, Sequence[str]]) -> set[str]:
    """The articles that somebody has to read."""
    return {article for members in sample.values() for article in members}
