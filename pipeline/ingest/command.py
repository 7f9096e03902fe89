"""``rubrika ingest``: crawl files into the store."""

from __future__ import annotations

from datetime import datetime

import click

from pipeline.setup.call import Call, as_json, columns_option, encoding_option, moment
from pipeline.setup.errors import PipelineError


@click.command(
    epilog="Examples:  rubrika ingest crawl.tsv https://news.example/rss  |  rubrika ingest a.csv --column text=Сюжет"
)
@click.argument("files", nargs=-1, required=True)
@encoding_option
@click.option("--source", metavar="NAME", help="Source of rows that name none.  [default: the host of their url]")
@columns_option
@click.option(
    "--fetched-at",
    metavar="TIME",
    callback=moment,
    help="When the pages were fetched, such as 2024-05-01T10:00: what «вчера» and «2 часа назад» are counted from.  "
    "[default: what the file's own column says]",
)
@as_json
@click.pass_obj
def ingest(
    call: Call,
    files: tuple[str, ...],
    encoding: str | None,
    source: str | None,
    columns: tuple[str, ...],
    fetched_at: datetime | None,
    as_json: bool,
) -> None:
    """Read crawls and feeds into the store.

    Files are .tsv .csv .txt .xlsx .json .jsonl .ndjson .parquet, or feeds .xml .rss .atom, each also with .gz. A feed
    may be named by its http or https address, too, and is fetched only if it has changed.

    Delimiter, quotes, encoding and columns are found in each file: the usual Russian and English names in any case,
    Заголовок as well as headline. Of several texts the whole one goes before summaries. What was found and what was
    left out is said at the end; where a file can be read in two ways it is refused, and these options settle it.
    """
    from pipeline.crawl.options import ReadOptions, parse_columns
    from pipeline.ingest.ingest import ingest
    from pipeline.ingest.show import print_ingested

    options = ReadOptions(encoding=encoding, source=source, columns=parse_columns(columns), fetched_at=fetched_at)
    result = ingest(*call.open(make=True), files, options, quiet=call.quiet)
    print_ingested(result, as_json=as_json)
    if result.fruitless:
        why = ", ".join(result.reasons)
        how = "name it: add --source NAME to the command" if why == "no source" else "see the quarantine"
        raise PipelineError(f"none of {result.read} rows is an article ({why}); {how}")
