"""The command line: registers the rooms' commands; what goes wrong on purpose is one line and an exit code."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import click

from models.errors import ModelError
from pipeline.annotate.command import annotate
from pipeline.bundles.command import bundle, history
from pipeline.categories.command import category
from pipeline.embed.command import embed
from pipeline.evaluate.command import evaluate
from pipeline.evaluate.sql.command import sql
from pipeline.improve.label_errors.command import label_errors
from pipeline.improve.learning_curve.command import learning_curve
from pipeline.improve.propagate.command import propagate
from pipeline.improve.suggest.command import suggest
from pipeline.ingest.command import ingest
from pipeline.ingest.survey.command import report
from pipeline.labels.command import labels
from pipeline.predict.command import explain, predict, similar
from pipeline.setup.call import Call
from pipeline.setup.command import config, init
from pipeline.setup.errors import PipelineError
from pipeline.train.command import train
from store.errors import StoreError

COMMANDS = (
    init,
    ingest,
    embed,
    labels,
    annotate,
    train,
    evaluate,
    predict,
    similar,
    explain,
    sql,
    category,
    bundle,
    history,
    suggest,
    label_errors,
    propagate,
    learning_curve,
    report,
    config,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--home", type=click.Path(path_type=Path), help="Folder where state lives.  [default: var]")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file.  [default: rubrika.toml]")
@click.option("--quiet", "-q", is_flag=True, help="No progress, only the result.")
@click.version_option(package_name="rubrika")
@click.pass_context
def app(context: click.Context, home: Path | None, config: Path | None, quiet: bool) -> None:
    """Sort Russian news into categories: embed once, retrain only the head that changed."""
    context.obj = Call(home, config, quiet)


for command in COMMANDS:
    app.add_command(command)


def main() -> None:
    """Run the command line; an error is one line on standard error and an exit code."""
    try:
        app(prog_name="rubrika", standalone_mode=False)
    except (PipelineError, StoreError, ModelError) as error:
        stop(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "rubrika"
        stop(f"{error.format_message().rstrip('.')}; see: {path} --help", 2)
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
