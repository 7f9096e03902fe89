"""What the page about the data is made of: plain records, the same in its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Totals:
    """The store in numbers.

    Parameters
    ----------
    first, last
        Earliest and latest publication, None where no article has a date.
    undated, untitled
        Articles without a date, and without a title.
    reprinted
        Articles whose very text several sources carried.
    quarantined
        Rows that could not become articles.
    """

    articles: int
    sources: int
    first: datetime | None
    last: datetime | None
    undated: int
    untitled: int
    reprinted: int
    quarantined: int


@dataclass(frozen=True)
class Source:
    """One source: how much it carries, how long (characters, median) and from when."""

    source: str
    articles: int
    undated: int
    length: float
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Story:
    """Articles that print one story nearly alike: the title of one, how many they are and of how many sources."""

    title: str
    articles: int
    sources: int


@dataclass(frozen=True)
class NearDuplicates:
    """Stories printed more than once.

    Parameters
    ----------
    searched
        Articles among which they were looked for; 0 before anything is embedded.
    stories, articles
        How many stories, and the articles that print them.
    largest
        Those with the most articles.
    """

    searched: int
    stories: int
    articles: int
    largest: tuple[Story, ...]


@dataclass(frozen=True)
class Lengths:
    """Text lengths in characters.

    Parameters
    ----------
    quantiles
        ``min``, ``q05``, ``q25``, ``median``, ``q75``, ``q95``, ``max`` → characters.
    edges, counts
        A histogram with edges that grow by one factor; one more edge than counts.
    """

    quantiles: Mapping[str, float]
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Labelling:
    """One category's labels.

    Parameters
    ----------
    yes, no, unknown
        Articles by the label that counts; unknown ones have none.
    test_yes, test_no
        Those of them that are in the test part.
    annotators
        Annotator → (yes, no) of its latest opinions.
    disputed
        Articles about which two annotators disagree.
    """

    title: str
    yes: int
    no: int
    unknown: int
    test_yes: int
    test_no: int
    annotators: Mapping[str, tuple[int, int]]
    disputed: int


@dataclass(frozen=True)
class Survey:
    """Everything the page shows.

    Parameters
    ----------
    sources
        The largest first.
    months
        ``2024-05`` → articles, without gaps.
    by_source
        Source → month → articles.
    quarantine
        Reason → rows.
    categories
        Category → its labels.
    overlaps
        Category → other category → articles in both.
    cardinality
        Number of categories → articles with a label in all categories that are in so many.
    known_cardinality
        Number of labels that are yes → articles with any label that have so many; they may be in more categories.
    """

    totals: Totals
    sources: tuple[Source, ...]
    months: Mapping[str, int]
    by_source: Mapping[str, Mapping[str, int]]
    lengths: Lengths | None
    near_duplicates: NearDuplicates
    quarantine: Mapping[str, int]
    categories: Mapping[str, Labelling]
    overlaps: Mapping[str, Mapping[str, int]]
    cardinality: Mapping[int, int]
    known_cardinality: Mapping[int, int]
