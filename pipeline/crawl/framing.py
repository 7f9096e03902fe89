"""Cutting a tab-separated crawl into records, although its texts hold line breaks and tabs.

A line break says nothing. A record ends where its last field is a date or empty *and* the next line begins a record.
How sure the next line must look depends on how finished the record before it is (`begins_record`); what follows a
finished record and belongs to no other is cut off it, so that a broken record never takes its neighbours along.
Everything works on bytes, so that one undecodable record stays one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.crawl.columns import Columns
from pipeline.crawl.files import Line
from pipeline.crawl.layout import Layout
from pipeline.crawl.record import Framed, OpenRecord, RecordEnd
from pipeline.crawl.sources import Sources, is_date, may_be_source

_SHORTEST_PROSE = 20  # bytes; what is shorter may be a cell of a table inside a text


def frame(lines: Iterable[Line], columns: Columns) -> Iterator[Framed]:
    """Cut lines into records.

    Parameters
    ----------
    lines
        The file's lines after its header.
    columns
        The file's columns.

    Yields
    ------
    Framed
        In the file's order; together they hold every line that is not blank.
    """
    layout = Layout.of(columns)
    sources = Sources()
    record: OpenRecord | None = None
    source = b""
    for line in lines:
        body = line.data.rstrip(b"\r\n")
        if not body and record is None:
            continue
        start = _Start.of(body, layout)
        if record is None or begins_record(start, record.ended, layout, sources):
            if record is not None:
                yield from record.close()
            record, source = OpenRecord(layout, line.number), start.source
        record.add(line, body)
        if record.ended >= RecordEnd.EMPTY:
            sources.learn(source)
    if record is not None:
        yield from record.close()


@dataclass(frozen=True, slots=True)
class _Start:
    """What a line would be if it began a record."""

    tabs: int
    source: bytes
    text: bytes | None
    date: bytes | None

    @classmethod
    def of(cls, body: bytes, layout: Layout) -> "_Start":
        tabs = body.count(b"\t")
        if not tabs:
            return _NO_START
        head = body.split(b"\t", layout.before + 1)
        source = head[layout.source].strip() if layout.source is not None and layout.source < len(head) else b""
        text = head[layout.before] if tabs >= layout.before else None
        whole = tabs >= layout.before + layout.after
        date = body.rsplit(b"\t", layout.after)[layout.date].strip() if whole and layout.date is not None else None
        return cls(tabs, source, text, date)


_NO_START = _Start(0, b"", None, None)


def begins_record(line: _Start, ended: RecordEnd, layout: Layout, sources: Sources) -> bool:
    """Decide whether a line begins a record.

    Parameters
    ----------
    line
        The line's first fields.
    ended
        How finished the record before it is.
    layout
        Where the fields stand.
    sources
        The sources met so far.

    Returns
    -------
    bool
        After a date any line with a likely source and enough tabs; after an empty last field one with a certain source,
        or with a likely one and prose; in an unfinished record one with a certain source and prose.
    """
    if not line.tabs:
        return False
    sure = bool(line.source) and sources.sure(line.source)
    if line.text is None:  # a title that goes on in the next line
        return sure and ended >= RecordEnd.EMPTY
    if not sure and not may_be_source(line.source):
        return False
    if ended == RecordEnd.DATE:
        return True
    prose = len(line.text) >= _SHORTEST_PROSE and b" " in line.text and not is_date(line.text)
    complete = line.date is not None and (is_date(line.date) or (sure and not line.date))
    if ended < RecordEnd.EMPTY:
        return sure and (prose or complete)
    return sure or prose or complete
