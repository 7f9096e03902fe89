"""What a person may say about a crawl that the crawl itself does not say."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a crawl.

    Attributes
    ----------
    fetched_at
        When rows that do not say were fetched, with or without a zone; None: nobody knows, and «вчера» is not read.
    """

    fetched_at: datetime | None = None


NO_OPTIONS = ReadOptions()
