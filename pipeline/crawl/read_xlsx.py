"""Crawls in Excel's workbooks: the first sheet that begins with a header which is understood."""

import io
import json
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import Columns, NoTextError, is_header, list_names, require_chosen, require_text
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.files import GZIP_ERRORS, broken_gzip, open_bytes
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.crawl.values import to_string
from pipeline.setup.errors import PipelineError

_TITLE_ROWS = 10  # above the header: a title, a date, empty rows
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError)  # SyntaxError: XML's

Sheet = tuple[Columns, int, Iterator[tuple[Any, ...]]]


def read_xlsx(file: CrawlFile, assumed: Assumed) -> Iterator[Row]:
    """Read a workbook.

    Parameters
    ----------
    file
        One of its sheets has a header in its first rows; dates may be dates or strings.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every row with a value; `line` is its number in the sheet.

    Raises
    ------
    PipelineError
        If it is no workbook, or none of its sheets has a header with a text column.
    """
    with closing(_open(file)) as workbook:
        columns, header, cells = _find_sheet(file, workbook)
        for number, values in enumerate(cells, start=header + 1):
            row = [to_string(value) for value in values[: len(columns.names)]]
            if any(row):
                yield _row(columns, row + [""] * (len(columns.names) - len(row)), number, assumed)


def _open(file: CrawlFile) -> Any:  # noqa: ANN401 - openpyxl has no types
    try:
        with open_bytes(file.path) as stream, warnings.catch_warnings(action="ignore"):
            return openpyxl.load_workbook(io.BytesIO(stream.read()), read_only=True, data_only=True)
    except GZIP_ERRORS as error:
        raise broken_gzip(file.path, error) from error
    except _DAMAGED as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise PipelineError(f"{file.path}: not an Excel workbook, or a damaged one: {reason}") from error


def _find_sheet(file: CrawlFile, workbook: Any) -> Sheet:  # noqa: ANN401
    seen: list[str] = []
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # some programs write wrong ones, and openpyxl believes them
        for number, values in enumerate(islice(sheet.iter_rows(values_only=True), _TITLE_ROWS), start=1):
            names = tuple(to_string(value).strip() for value in values)
            if is_header(names, file.chosen):
                columns = file.columns(_trim(names))
                require_chosen(columns, file.path, file.chosen)
                return require_text(columns, file.path), number, sheet.iter_rows(number + 1, values_only=True)
            seen += [name for name in names if name]
    raise NoTextError(
        f"{file.path}: no sheet has a header that is understood; first rows: {list_names(seen)}; "
        "name the text: add --column text=NAME to the command",
        seen,
    )


def _trim(names: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the empty cells after the last name."""
    width = max(place for place, name in enumerate(names, start=1) if name)
    return names[:width]


def _row(columns: Columns, values: list[str], number: int, assumed: Assumed) -> Row:
    row = judge(columns, values, b"", number, assumed)
    if not isinstance(row, Rejected):
        return row
    raw = json.dumps(dict(zip(columns.names, values, strict=True)), ensure_ascii=False).encode()
    return Rejected(raw, number, row.reason)
