"""How a record's first line is told from a line of a text: where reading goes on after quotes that are broken."""

from pipeline.crawl.columns import Columns
from pipeline.crawl.sources import Sources, is_date, may_be_source

_LONGEST_DATE = 60  # bytes; dates that are not understood ("yesterday at noon") are short as well


class Starts:
    """What lines begin a record, by the fields that a record of this table has.

    Parameters
    ----------
    columns
        The file's columns.
    delimiter
        What stands between them.
    """

    def __init__(self, columns: Columns, delimiter: str) -> None:
        self._delimiter = delimiter.encode()
        self._columns = columns
        self._before = columns.text or 0
        self.sources = Sources()

    def begin(self, line: bytes) -> bool:
        """Tell whether a line begins a record.

        In a table whose first column is the source it begins with one, for certain or with fields that are not set
        apart as in prose. In any other it has all fields, or those before a quote that opens the text.
        """
        if self._columns.source != 0:
            return self._has_fields(line)
        first, *rest = line.split(self._delimiter, max(self._before, 1))
        source = first.strip(b'"')
        if not rest or self.sources.sure(source):
            return bool(rest)
        prose = any(field.startswith(b" ") for field in rest)
        return len(rest) == self._before and not prose and may_be_source(source)

    def _has_fields(self, line: bytes) -> bool:
        fields, is_open = self._split(line.rstrip(b"\r\n"))
        width = len(self._columns.names)
        if is_open:
            return self._opens_text(fields) and self._plausible(fields[:-1])
        return len(fields) == width and self._plausible(fields)

    def _split(self, body: bytes) -> tuple[list[bytes], bool]:
        """Cut a line at the delimiters outside quotes; tell whether its last field's quote is open."""
        fields: list[bytes] = []
        pieces: list[bytes] = []
        for piece in body.split(self._delimiter):
            pieces.append(piece)
            field = self._delimiter.join(pieces)
            if not field.startswith(b'"') or field.count(b'"') % 2 == 0:
                fields.append(field)
                pieces = []
        return ([*fields, self._delimiter.join(pieces)], True) if pieces else (fields, False)

    def _opens_text(self, fields: list[bytes]) -> bool:
        """Tell whether the open field is the text, or a title before it, with something before it to know it by."""
        return len(fields) > 1 and len(fields) - 1 in (self._columns.text, self._columns.title)

    def _plausible(self, fields: list[bytes]) -> bool:
        """Tell whether fields are what their columns hold: a source, a date, none of them set apart as in prose."""
        if any(field.startswith(b" ") for field in fields):
            return False
        source, date = self._field(fields, self._columns.source), self._field(fields, self._columns.date)
        return may_be_source(source) and (not date or is_date(date) or len(date) <= _LONGEST_DATE)

    @staticmethod
    def _field(fields: list[bytes], place: int | None) -> bytes:
        return fields[place].strip(b'"') if place is not None and place < len(fields) else b""
