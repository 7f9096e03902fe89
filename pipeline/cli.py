"""The command line: parses, calls the function of the same name, prints. What is heavy is imported when needed."""

from __future__ import annotations

import errno
import sys
from datetime import datetime
from pathlib import Path

import click

from models.errors import ModelError
from pipeline.commands.annotate import annotate
from pipeline.commands.bundle import bundle, history
from pipeline.commands.call import Call, as_json, moment, only_categories
from pipeline.commands.category import category
from pipeline.commands.label_errors import label_errors
from pipeline.commands.labels import labels
from pipeline.commands.learning_curve import learning_curve
from pipeline.commands.propagate import propagate
from pipeline.commands.report import explain, report
from pipeline.commands.suggest import suggest
from pipeline.errors import PipelineError
from pipeline.show import terminal as show
from store.errors import StoreError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--home", type=click.Path(path_type=Path), help="Folder where state lives.  [default: var]")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file.  [default: rubrika.toml]")
@click.option("--quiet", "-q", is_flag=True, help="No progress, only the result.")
@click.version_option(package_name="rubrika")
@click.pass_context
def app(context: click.Context, home: Path | None, config: Path | None, quiet: bool) -> None:
    """Sort Russian news into categories: embed once, retrain only the head that changed."""
    context.obj = Call(home, config, quiet)


@app.command(
    epilog="Examples:  rubrika ingest crawl.tsv a.csv.gz  |  rubrika ingest https://news.example/rss  |  "
    "rubrika --home real ingest b.json --fetched-at 2024-05-01T10:00 --json"
)
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--fetched-at",
    metavar="TIME",
    callback=moment,
    help="When the pages were fetched, such as 2024-05-01T10:00: what «вчера» and «2 часа назад» are counted from.  "
    "[default: what the file's own column says]",
)
@as_json
@click.pass_obj
def ingest(call: Call, files: tuple[str, ...], fetched_at: datetime | None, as_json: bool) -> None:
    """Read crawls and feeds into the store.

    Files are .tsv .csv .json .jsonl .ndjson .parquet, or feeds .xml .rss .atom, each also with .gz; feeds may also be
    named by their http or https address, and are fetched only if they have changed.
    """
    from pipeline.crawl.options import ReadOptions
    from pipeline.ingest import ingest

    result = ingest(*call.open(make=True), files, options=ReadOptions(fetched_at=fetched_at), quiet=call.quiet)
    show.ingested(result, as_json=as_json)
    if result.fruitless:
        stop(f"none of {result.read} rows is an article; see the quarantine for the reasons", 1)


@app.command(epilog="Examples:  rubrika embed  |  RUBRIKA_ENCODER__NAME=navec-news rubrika embed --json")
@as_json
@click.pass_obj
def embed(call: Call, as_json: bool) -> None:
    """Embed the articles that have no vector yet."""
    from pipeline.embed import embed

    show.embedded(embed(*call.open(), call.say, quiet=call.quiet), as_json=as_json)


@app.command(epilog="Examples:  rubrika train --promote  |  rubrika train --category sport --choose")
@only_categories
@click.option("--choose", is_flag=True, help="Choose among the candidates again.")
@click.option("--promote", "serve", is_flag=True, help="Then let the bundle serve, as `bundle promote` would.")
@as_json
@click.pass_obj
def train(call: Call, only: tuple[str, ...], choose: bool, serve: bool, as_json: bool) -> None:
    """Train the heads whose labels or settings changed and write a bundle."""
    from pipeline.bundles.promote import promote
    from pipeline.train import train

    home, settings = call.open()
    result = train(home, settings, only, choose=choose, say=call.say)
    try:
        promoted = promote(home, settings, result.bundle) if serve else None
    except PipelineError:
        show.trained(result, None, as_json=as_json)
        raise
    show.trained(result, promoted, as_json=as_json)


@app.command(epilog="Examples:  rubrika evaluate  |  rubrika evaluate --bundle newest --compare current --json")
@click.option("--bundle", help="Bundle to evaluate.  [default: the newest]")
@click.option(
    "--compare",
    metavar="BUNDLE",
    help="Put this bundle beside it, on the same articles; none: no other.  "
    "[default: the current one if it is another, else the newest older one that can be compared]",
)
@as_json
@click.pass_obj
def evaluate(call: Call, bundle: str | None, compare: str | None, as_json: bool) -> None:
    """Measure a bundle on the test part; JSON and one HTML report."""
    from pipeline.evaluate import evaluate
    from pipeline.show.evaluate import evaluated

    evaluated(evaluate(*call.open(), bundle, compare, say=call.say), as_json=as_json)


@app.command(epilog="Examples:  rubrika predict fresh.tsv > sorted.jsonl  |  rubrika predict - < fresh.jsonl")
@click.argument("file")
@click.option("--bundle", help="Bundle to ask.  [default: the current one]")
@click.option("--json", "as_json", is_flag=True, help="Accepted like everywhere; the output is JSON lines anyway.")
@click.pass_obj
def predict(call: Call, file: str, bundle: str | None, as_json: bool) -> None:
    """Add categories and probabilities to every row of FILE, or of JSON lines on standard input (-)."""
    from pipeline.predict import predict

    for row in predict(*call.open(), file, bundle):
        show.json_line(row)


@app.command(epilog='Examples:  rubrika sql "SELECT source, count(*) FROM articles GROUP BY 1"  |  rubrika sql')
@click.argument("statement", required=False)
@as_json
@click.pass_obj
def sql(call: Call, statement: str | None, as_json: bool) -> None:
    """Ask the store in SQL; without STATEMENT, get a prompt.

    The views are articles, labels, opinions, label_matrix, candidates, audits, predictions, metrics, quarantine,
    bundles and history.
    """
    from pipeline.sql import ask, prompt

    if statement is None:
        prompt(*call.open(), show.rows)
    else:
        show.rows(ask(*call.open(), statement), as_json=as_json)


app.add_command(labels)
app.add_command(annotate)
app.add_command(propagate)
app.add_command(category)
app.add_command(bundle)
app.add_command(history)
app.add_command(explain)
app.add_command(learning_curve)
app.add_command(report)
app.add_command(suggest)
app.add_command(label_errors)


@app.group()
def config() -> None:
    """Settings and where each came from."""


@config.command("show", epilog="Examples:  rubrika config show  |  RUBRIKA_TRAIN__FOLDS=3 rubrika config show --json")
@as_json
@click.pass_obj
def config_show(call: Call, as_json: bool) -> None:
    """Show every setting, its value and where it came from."""
    show.settings(*call.settings(), as_json=as_json)


def main() -> None:
    """Run the command line; an error is one line on standard error and an exit code."""
    try:
        app(prog_name="rubrika", standalone_mode=False)
    except (PipelineError, StoreError, ModelError) as error:
        stop(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
    except click.UsageError as error:
        asked = error.ctx.command_path if error.ctx else "rubrika"
        stop(f"{error.format_message().rstrip('.')}; see: {asked} --help", 2)
    except (KeyboardInterrupt, click.Abort):
        stop("stopped; nothing is lost, run the same command again to go on", 130)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        full = error.errno == errno.ENOSPC
        reason = "the disk is full; free some space and run the same command again" if full else error.strerror
        stop(f"{error.filename or 'disk'}: {reason}", 3)


def stop(line: str, code: int) -> None:
    """Print one line and leave."""
    click.echo(f"rubrika: {line}", err=True)
    sys.exit(code)
