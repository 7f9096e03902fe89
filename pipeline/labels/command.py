"""Commands about labels: in and out as tables, who said what, how far annotators agree and how good a model is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.labels import show, show_stats
from pipeline.labels.audit.command import audit
from pipeline.setup.call import Call, as_json, columns_option, encoding_option, file_argument, only_categories

if TYPE_CHECKING:
    from pipeline.labels.import_call import OnConflict


@click.group()
def labels() -> None:
    """Labels: who said which article is in which category."""


@labels.command(
    "import",
    epilog="Examples:  rubrika labels import gold.csv  |  rubrika labels import crawl.csv --topic-column rubric",
)
@file_argument
@only_categories
@click.option("--annotator", metavar="NAME", help="editor:NAME, import:FILE or llm:MODEL.  [default: import:FILE]")
@click.option(
    "--value", "values", multiple=True, metavar="CELL=VALUE", help="What a cell means, like '-=0'; repeatable."
)
@click.option(
    "--on-conflict",
    type=click.Choice(["refuse", "skip", "last"]),
    default="refuse",
    show_default=True,
    help="Rows that contradict each other.",
)
@click.option("--topic-column", metavar="NAME", help="A column whose cells name categories: one, or a list.")
@click.option("--topic", "topics", multiple=True, metavar="TOPIC=CATEGORY", help="Which category it is; repeatable.")
@click.option("--skip-other-topics", is_flag=True, help="Topics without --topic give no label.")
@click.option("--others-negative", is_flag=True, help="An article is in no category but those of its topics.")
@encoding_option
@columns_option
@as_json
@click.pass_obj
def labels_import(
    call: Call,
    file: Path,
    only: tuple[str, ...],
    annotator: str | None,
    values: tuple[str, ...],
    on_conflict: OnConflict,
    topic_column: str | None,
    topics: tuple[str, ...],
    skip_other_topics: bool,
    others_negative: bool,
    encoding: str | None,
    columns: tuple[str, ...],
    as_json: bool,
) -> None:
    """Import a table with a column per category, or with one that names them (--topic-column).

    A category's column is called by its key or title and holds 1/0, yes/no, да/нет, true/false, +/- or x. Blank is
    unknown, and so are ? and N/A; nothing is taken for a no that does not say so. An editor's labels beat imported
    ones, whatever came last.

    A column that names categories is imported once there is a --topic for each of its topics; until then they are shown
    with the command to type. Rows that contradict each other are refused: --on-conflict skip leaves them out, last
    takes the later one.
    """
    from pipeline.crawl.options import ReadOptions, parse_columns
    from pipeline.labels.import_call import Reading, Topics
    from pipeline.labels.import_labels import import_labels
    from pipeline.labels.import_options import parse_topics, parse_values
    from pipeline.labels.topic_proposal import UnsettledTopicsError

    if topic_column is None and (topics or skip_other_topics or others_negative):
        raise click.UsageError("--topic, --skip-other-topics and --others-negative need --topic-column NAME")
    named = Topics(topic_column, parse_topics(topics), skip_other_topics, others_negative) if topic_column else None
    reading = Reading(parse_values(values), on_conflict, named)
    options = ReadOptions(encoding=encoding, columns=parse_columns(columns))
    try:
        imported = import_labels(*call.open(make=True), file, only, annotator, reading, options)
    except UnsettledTopicsError as unsettled:
        show.print_topics(unsettled.proposal, as_json=as_json)
        raise
    show.print_imported(imported, as_json=as_json)


@labels.command(
    "export",
    epilog="Examples:  rubrika labels export gold.csv  |  rubrika labels export anna.parquet --annotator editor:anna",
)
@file_argument
@only_categories
@click.option("--annotator", metavar="NAME", help="This one's opinions.  [default: the labels that count]")
@as_json
@click.pass_obj
def labels_export(call: Call, file: Path, only: tuple[str, ...], annotator: str | None, as_json: bool) -> None:
    """Write labels and their articles to a new FILE (.csv .jsonl .parquet) that `labels import` reads."""
    from pipeline.labels.export_labels import export_labels

    show.print_exported(export_labels(*call.open(), file, only, annotator), as_json=as_json)


@labels.command("show", epilog="Examples:  rubrika labels show 0065cf35  |  rubrika labels show 0065cf35 --json")
@click.argument("article")
@as_json
@click.pass_obj
def labels_show(call: Call, article: str, as_json: bool) -> None:
    """Show everything that was ever said of ARTICLE, an id or its first digits, and which opinions count."""
    from pipeline.labels.show_labels import show_labels

    show.print_opinions(show_labels(*call.open(), article), as_json=as_json)


@labels.command(
    "stats", epilog="Examples:  rubrika labels stats  |  rubrika labels stats --category sport --differences 20"
)
@only_categories
@click.option("--differences", type=click.IntRange(min=0), default=0, metavar="N", help="List N articles a pair.")
@as_json
@click.pass_obj
def labels_stats(call: Call, only: tuple[str, ...], differences: int, as_json: bool) -> None:
    """Count the labels of each annotator and compare every two who labelled the same articles.

    Agreement is a share and Cohen's kappa, 1 at best and 0 by chance, with 95 % intervals. With --json the articles on
    which they differ are always there, a thousand at most for each pair and category.
    """
    from pipeline.labels.stats import label_stats

    show_stats.print_stats(label_stats(*call.open(), only), differences, as_json=as_json)


labels.add_command(audit)
