"""Sample: which articles to ask about first, so that a small start says something of the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.labels.lot import lot

if TYPE_CHECKING:
    from pipeline.setup.home import Home
    from pipeline.setup.settings import Settings


@dataclass(frozen=True)
class Origin:
    """Where an article comes from; ``published_at`` is None where no date is known."""

    id: str
    source: str
    published_at: datetime | None

    @property
    def stratum(self) -> tuple[str, str]:
        """Its source and month."""
        return self.source, f"{self.published_at:%Y-%m}" if self.published_at else ""


Order = Callable[[Sequence[Origin]], list[str]]


def at_random(articles: Sequence[Origin]) -> list[str]:
    """Order articles by chance, the same at every run."""
    return sorted((article.id for article in articles), key=lot)


def stratified(articles: Sequence[Origin]) -> list[str]:
    """Order articles so that the first N hold every source and month in its share, give or take one.

    Each stratum is spread evenly over the whole order from a place drawn by lot (systematic sampling with a random
    start: W. G. Cochran, Sampling Techniques, 1977, chapter 8).
    """
    strata: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article in articles:
        strata[article.stratum].append(article.id)
    places = {
        article: (rank + lot("".join(stratum))) / len(members)
        for stratum, members in strata.items()
        for rank, article in enumerate(sorted(members, key=lot))
    }
    return sorted(places, key=lambda article: (places[article], article))


def by_suggestion(
    home: Home, settings: Settings, keys: Sequence[str], limit: int | None, articles: Sequence[Origin]
) -> list[str]:
    """Order articles by what their labels teach, as `rubrika suggest` does; then the others by chance.

    The others are those of the test, those labelled by people, and those that are not embedded.
    """
    from pipeline.improve.suggest.suggest import suggested_first  # vectors and heads, which no other order needs

    order = at_random(articles)
    first = suggested_first(home, settings, keys, order, len(order) if limit is None else limit)
    chosen = set(first)
    return [*first, *(article for article in order if article not in chosen)]


BY_ORIGIN: Mapping[str, Order] = MappingProxyType({"random": at_random, "stratified": stratified})
SAMPLES = (*BY_ORIGIN, "suggest")


def order_of(sample: str, home: Home, settings: Settings, keys: Sequence[str], limit: int | None) -> Order:
    """The order that one of ``SAMPLES`` names, for a run about some categories and at most ``limit`` articles."""
    return BY_ORIGIN.get(sample) or partial(by_suggestion, home, settings, keys, limit)
