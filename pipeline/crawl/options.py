"""What a person may say about a file that does not say it itself; whatever is left out is found in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What `rubrika ingest` was told about its files.

    Attributes
    ----------
    encoding
        What the text is kept in, as Python calls it: ``cp1251``; None: found by what reads as Russian.
    source
        The source of rows that name none; None: the host of their address.
    columns
        Field (``source``, ``title``, ``text``, ``published_at``) to the name of its column, or to its number from 1
        in a table without a header.
    """

    encoding: str | None = None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
