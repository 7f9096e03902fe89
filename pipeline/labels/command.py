"""Commands about labels: in and out as tables, who said what, how far annotators agree and how good a model is."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.labels import show
from pipeline.labels.audit import show as show_audit
from pipeline.setup.call import Call, as_json, file_argument, only_categories

NEWEST = "newest"


@click.group()
def labels() -> None:
    """Labels: who said which article is in which category."""


@labels.command(
    "import",
    epilog="Examples:  rubrika labels import gold.csv  |  rubrika labels import checked.csv --annotator editor:anna",
)
@file_argument
@only_categories
@click.option("--annotator", metavar="NAME", help="editor:NAME or import:FILE.  [default: import:FILE]")
@as_json
@click.pass_obj
def labels_import(call: Call, file: Path, only: tuple[str, ...], annotator: str | None, as_json: bool) -> None:
    """Import a table with one 1/0/blank column per category; blank is unknown, and so is ?.

    An editor's labels beat imported ones, whatever came last.
    """
    from pipeline.labels.import_labels import import_labels

    show.print_imported(import_labels(*call.open(make=True), file, only, annotator), as_json=as_json)


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

    show.print_stats(label_stats(*call.open(), only), differences, as_json=as_json)


@labels.command(
    "audit", epilog="Examples:  rubrika labels audit -n 100 --annotator llm:tiny  |  rubrika labels audit --result"
)
@click.option("--annotator", metavar="NAME", help="Whose labels.  [default: the model's]")
@click.option("-n", "articles", type=click.IntRange(min=1), metavar="N", help="Articles to read.  [default: 200]")
@only_categories
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Another one draws others.  [default: 0]")
@click.option("--out", "file", type=click.Path(path_type=Path), help="CSV to write.  [default: in review/ at home]")
@click.option("--result", "audit", is_flag=False, flag_value=NEWEST, metavar="[ID]", help="Estimate from the answers.")
@as_json
@click.pass_obj
def labels_audit(
    call: Call,
    annotator: str | None,
    articles: int | None,
    only: tuple[str, ...],
    seed: int | None,
    file: Path | None,
    audit: str | None,
    as_json: bool,
) -> None:
    """Draw labels of a model for a person to check, without showing them; then estimate how good they are.

    The table holds at most N articles and a ? wherever a person is asked; its order is by lot, so whoever stops halfway
    has a random sample, too. Fill it in, import it with --annotator editor:NAME, and ask for --result: precision and
    recall in each category with 95 % intervals, corrected for "yes" being drawn more densely than "no". The sample is
    kept, whatever the model labels meanwhile.
    """
    from pipeline.labels.audit.draw import Choice, draw_audit
    from pipeline.labels.audit.result import audit_result

    if audit is None:
        choice = Choice(annotator, **given(articles=articles, seed=seed), only=only)
        show_audit.print_audit(draw_audit(*call.open(), choice, file), as_json=as_json)
    elif any(option not in (None, ()) for option in (annotator, articles, only, seed, file)):
        raise click.UsageError("--result takes an audit's id and --json, nothing else")
    else:
        show_audit.print_audit_result(audit_result(*call.open(), audit), as_json=as_json)


def given(**options: int | None) -> dict[str, int]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None}
