"""Where the fields of a tab-separated record stand, although stray tabs in its text move them."""

from dataclasses import dataclass

from pipeline.crawl.columns import Columns


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a record's fields stand, counted from the side on which stray tabs in the text do not disturb.

    Attributes
    ----------
    before, after
        Numbers of columns before and after the text.
    source
        Place of the source; None if there is none or it comes after the text.
    date
        Place of the date from the end (-1 is the last column); None if there is none or it comes before the text.
    """

    before: int
    after: int
    source: int | None
    date: int | None

    @classmethod
    def of(cls, columns: Columns) -> "Layout":
        """Find the places in a table that has a text column."""
        text = columns.text or 0
        source = columns.source if columns.source is not None and columns.source < text else None
        date = columns.date - len(columns.names) if columns.date is not None and columns.date > text else None
        return cls(text, len(columns.names) - text - 1, source, date)

    def split(self, raw: bytes) -> list[bytes]:
        """Cut a record into its fields, leaving the tabs that are too many to the text."""
        head = raw.rstrip(b"\r\n").split(b"\t", self.before)
        return [*head[:-1], *head[-1].rsplit(b"\t", self.after)]
