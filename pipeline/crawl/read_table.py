"""Tables in text, whatever their suffix says: how they are written decides which reader reads."""

from collections.abc import Iterator

from pipeline.crawl.article import Assumed
from pipeline.crawl.crawl_file import CrawlFile
from pipeline.crawl.dialect import find_dialect
from pipeline.crawl.read_csv import read_csv
from pipeline.crawl.read_drawn import read_drawn
from pipeline.crawl.read_escaped import read_escaped
from pipeline.crawl.read_tsv import read_tsv
from pipeline.crawl.rows import Row


def read_table(file: CrawlFile, assumed: Assumed) -> Iterator[Row]:
    """Read a table.

    Parameters
    ----------
    file
        Fields between commas, semicolons, tabs or bars.
    assumed
        What rows that do not say are taken to mean.

    Yields
    ------
    Row
        One for every record.

    Raises
    ------
    PipelineError
        If it cannot be told how the table is written or where its text is.
    """
    dialect = find_dialect(file)
    if dialect.style == "escaped":
        yield from read_escaped(file, dialect, assumed)
    elif dialect.style == "drawn":
        yield from read_drawn(file, dialect, assumed)
    elif dialect.style == "plain" and dialect.delimiter == "\t":
        yield from read_tsv(file, dialect, assumed)
    else:
        yield from read_csv(file, dialect, assumed)
