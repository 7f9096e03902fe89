"""Tab-separated crawls as scrapers write them: no quotes, and texts that go over many lines and hold tabs."""

from collections.abc import Iterator
from itertools import islice

from pipeline.crawl.article import Assumed
from pipeline.crawl.columns import Columns
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.dialect import Dialect
from pipeline.crawl.files import Line
from pipeline.crawl.framing import frame
from pipeline.crawl.layout import Layout
from pipeline.crawl.record import Framed
from pipeline.crawl.rows import Rejected, Row, judge
from pipeline.setup.errors import PipelineError

_HEAD = 2**20  # bytes in which the first good record must begin and end


def read_tsv(file: CrawlFile, dialect: Dialect, assumed: Assumed) -> Iterator[Row]:
    """Read a tab-separated crawl.

    Parameters
    ----------
    file
        Fields source, title, text, date; or with a header. Quotes mean nothing.
    dialect
        How it is written: plain.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every record.

    Raises
    ------
    PipelineError
        If the first megabyte holds no record of the right shape.
    """
    columns = dialect.columns
    _check_shape(file, dialect)
    layout = Layout.of(columns)
    for record in frame(islice(file.lines(), dialect.skip, None), columns):
        yield _row(record, columns, layout, assumed)


def _check_shape(file: CrawlFile, dialect: Dialect) -> None:
    """Refuse a file in which nothing ends with a date and no line has just the right number of fields."""
    columns = dialect.columns
    expected = len(columns.names)
    if any(record.sure for record in frame(_head(file, dialect), columns)):
        return
    tabs = [line.data.count(b"\t") for line in _head(file, dialect) if line.data.strip()]
    if expected - 1 in tabs or not tabs:
        return
    raise PipelineError(
        f"{file.path}: its first megabyte holds no record of {expected} tab-separated fields "
        f"({', '.join(columns.names)}); the first line has {tabs[0]} tabs"
    )


def _head(file: CrawlFile, dialect: Dialect) -> Iterator[Line]:
    return islice(file.head(_HEAD), dialect.skip, None)


def _row(record: Framed, columns: Columns, layout: Layout, assumed: Assumed) -> Row:
    if record.broken:
        return Rejected(record.raw, record.line, record.broken)
    try:
        values = [field.decode("utf-8") for field in layout.split(record.raw)]
    except UnicodeDecodeError:
        return Rejected(record.raw, record.line, "undecodable bytes")
    return judge(columns, values, record.raw, record.line, assumed)
