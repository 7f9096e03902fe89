"""``rubrika ingest``: crawl files into the store."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.setup.call import Call, as_json
from pipeline.setup.errors import PipelineError


@click.command(epilog="Examples:  rubrika ingest crawl.tsv  |  rubrika --home real ingest a.csv.gz b.jsonl --json")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def ingest(call: Call, files: tuple[Path, ...], as_json: bool) -> None:
    """Read crawl files (.tsv .csv .jsonl .parquet, also .gz) into the store."""
    from pipeline.ingest.ingest import ingest
    from pipeline.ingest.show import print_ingested

    result = ingest(*call.open(make=True), files, quiet=call.quiet)
    print_ingested(result, as_json=as_json)
    if result.fruitless:
        raise PipelineError(f"none of {result.read} rows is an article; see the quarantine for the reasons")
