"""Tables without a header: read only where the first line shows that it is a record, and which field is which."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.crawl.columns import (
    HEADERLESS,
    Columns,
    NoTextError,
    list_names,
    numbered_columns,
    require_chosen,
    require_text,
)
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.files import Line
from pipeline.crawl.framing import frame
from pipeline.crawl.sources import is_date, is_host
from pipeline.setup.errors import PipelineError

_SENTENCE = re.compile(r"\S+ \S+ .*[.!?…][»\"]?|.{120,}", re.DOTALL)


def headerless(file: CrawlFile, head: Sequence[Line], delimiter: str) -> Columns:
    """Return the columns of a table whose first line is no header that is understood.

    Parameters
    ----------
    file
        The table.
    head
        Its first lines.
    delimiter
        What its first line is most likely cut by.

    Returns
    -------
    Columns
        Those that were chosen by number, else source, title, text and date.

    Raises
    ------
    PipelineError
        If the first line is no record either, or its fields are in another order than source, title, text, date.
    """
    first = next((line for line in head if delimiter.encode() in line.data), head[0])
    fields = _fields(first, delimiter)
    if not is_record(fields) and not _goes_on(head, delimiter):
        raise NoTextError(
            f"{file.path}: line {first.number} is no header that is understood and no record either: "
            f"{list_names(fields)}; name the text: add --column text=NAME to the command",
            fields,
        )
    if file.chosen and all(name.isdigit() for _, name in file.chosen):
        columns = numbered_columns(_usual_width(head, delimiter), file.chosen)
        require_chosen(columns, file.path, file.chosen)
        return require_text(columns, file.path)
    if file.chosen or delimiter != "\t" or is_date(fields[0].encode()) or _is_swapped(fields):
        raise PipelineError(
            f"{file.path}: no header, and its columns are not source, title, text, date between tabs; "
            f"number them from 1: add for example --column text=2 --column title=1 to the command"
        )
    return HEADERLESS


def _goes_on(head: Sequence[Line], delimiter: str) -> bool:
    """Tell whether the first line begins a record whose text goes on in lines of fewer fields and ends with a date."""
    if delimiter != "\t":
        return False
    record = next((record for record in frame(head, HEADERLESS) if b"\t" in record.raw), None)
    if record is None or not record.sure:
        return False
    first, *rest = (line.count(b"\t") for line in record.raw.splitlines() if line)
    return all(tabs < first for tabs in rest)


def _fields(line: Line, delimiter: str) -> list[str]:
    return line.data.decode("utf-8", "replace").rstrip("\r\n").split(delimiter)


def _usual_width(head: Sequence[Line], delimiter: str) -> int:
    """Return how many fields most lines have that have several; lines of one are the rest of a text."""
    widths = Counter(width for line in head if (width := len(_fields(line, delimiter))) > 1)
    return widths.most_common(1)[0][0] if widths else 1


def is_record(fields: Sequence[str]) -> bool:
    """Tell a record from a header: a date, a sentence, or an address among what is none."""
    if any(is_date(field.strip().encode()) or _SENTENCE.fullmatch(field.strip()) for field in fields):
        return True
    hosts = [is_host(field.strip().encode()) for field in fields if field.strip()]
    return any(hosts) and not (len(hosts) > 1 and all(hosts))


def _is_swapped(fields: Sequence[str]) -> bool:
    """Tell whether a record's text is a host or a date and its source is none."""
    text = fields[2].strip().encode() if len(fields) > 3 else b""
    return (is_host(text) or is_date(text)) and not is_host(fields[0].strip().encode())
