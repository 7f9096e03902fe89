"""``rubrika ingest``: crawl files into the store."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.setup.call import Call, as_json, columns_option, encoding_option
from pipeline.setup.errors import PipelineError


@click.command(
    epilog="Examples:  rubrika ingest crawl.tsv  |  rubrika ingest a.csv --encoding cp1251 --column text=Сюжет"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@encoding_option
@click.option("--source", metavar="NAME", help="Source of rows that name none.  [default: the host of their url]")
@columns_option
@as_json
@click.pass_obj
def ingest(
    call: Call,
    files: tuple[Path, ...],
    encoding: str | None,
    source: str | None,
    columns: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read crawl files (.tsv .csv .txt .xlsx .jsonl .parquet, also .gz) into the store.

    Delimiter, quotes, encoding and columns are found in each file: the usual Russian and English names in any case,
    Заголовок as well as headline. Of several texts the whole one goes before summaries. What was found and what was
    left out is said at the end; where a file can be read in two ways it is refused, and these options settle it.
    """
    from pipeline.crawl.options import ReadOptions, parse_columns
    from pipeline.ingest.ingest import ingest
    from pipeline.ingest.show import print_ingested

    options = ReadOptions(encoding=encoding, source=source, columns=parse_columns(columns))
    result = ingest(*call.open(make=True), files, options, quiet=call.quiet)
    print_ingested(result, as_json=as_json)
    if result.fruitless:
        raise PipelineError(f"none of {result.read} rows is an article; see the quarantine for the reasons")
