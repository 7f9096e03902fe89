"""Commands about categories: the business changes its mind, and only what changed is trained again."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.categories import show
from pipeline.setup.call import Call, as_json

key_argument = click.argument("key")
title_option = click.option("--title", help="What editors read.")
out_option = click.option(
    "--out", "file", type=click.Path(path_type=Path), help="Table to write.  [default: in review/ under the home]"
)


@click.group()
def category() -> None:
    """Categories: list, add, remove, rename, split, merge; the settings file keeps its comments and order."""


@category.command("list", epilog="Examples:  rubrika category list  |  rubrika category list --json")
@as_json
@click.pass_obj
def category_list(call: Call, as_json: bool) -> None:
    """List the categories with their labels and heads.

    A head is trained, outdated (labels or settings changed since), or none.
    """
    from pipeline.categories.list import list_categories

    show.print_categories(list_categories(*call.open(make=True)), as_json=as_json)


@category.command(
    "add",
    epilog="Examples:  rubrika category add sport --title Спорт  |  "
    "rubrika category add health --title Здоровье --description 'Медицина, больницы, лекарства.'",
)
@key_argument
@click.option("--title", required=True, help="What editors read.")
@click.option("--description", default="", help="What belongs in it; read by editors and by the annotator.")
@click.option("--policy", help="Its own threshold policy: best-f1, precision or band.")
@click.option("--precision", type=float, help="Its own promised precision.")
@as_json
@click.pass_obj
def category_add(
    call: Call, key: str, title: str, description: str, policy: str | None, precision: float | None, as_json: bool
) -> None:
    """Add a category; labels and a head that KEY had before count again.

    KEY is the stable name used in files, columns and SQL: small Latin letters, digits and _.
    """
    from pipeline.categories.add import add_category
    from pipeline.categories.keys import make_category

    made = make_category(title=title, description=description, policy=policy, precision=precision)
    show.print_added(add_category(*call.open_to_edit(), key, made), as_json=as_json)


@category.command(
    "remove", epilog="Examples:  rubrika category remove culture  |  rubrika category remove culture --json"
)
@key_argument
@as_json
@click.pass_obj
def category_remove(call: Call, key: str, as_json: bool) -> None:
    """Take a category out; its labels and its head are kept, so that adding it again costs nothing."""
    from pipeline.categories.remove import remove_category

    show.print_removed(remove_category(*call.open_to_edit(), key), as_json=as_json)


@category.command(
    "rename",
    epilog="Examples:  rubrika category rename tech technology  |  "
    "rubrika category rename sport --title 'Спорт и игры'",
)
@key_argument
@click.argument("new", required=False)
@title_option
@as_json
@click.pass_obj
def category_rename(call: Call, key: str, new: str | None, title: str | None, as_json: bool) -> None:
    """Change a category's key to NEW, its title, or both; labels, head and history move along, nothing is retrained.

    When this is interrupted, the same command finishes it.
    """
    from pipeline.categories.rename import rename_category

    show.print_renamed(rename_category(*call.open_to_edit(renaming=True), key, new, title), as_json=as_json)


@category.command(
    "split",
    epilog="Examples:  rubrika category split culture cinema music  |  "
    "rubrika category split economy finance industry --out review.csv",
)
@key_argument
@click.argument("into", nargs=-1, required=True)
@out_option
@as_json
@click.pass_obj
def category_split(call: Call, key: str, into: tuple[str, ...], file: Path | None, as_json: bool) -> None:
    """Propose the articles labelled for KEY to its parts INTO, for review; no label changes.

    Add the parts first. The articles come out as a table (id, title, from, a column for each part) and in the SQL
    view `candidates`. Blank cells are for a person: the article is in KEY, so it may be in any part. 0 is suggested
    for articles that are not in KEY. Fill it in and import it: only then are there labels.
    """
    from pipeline.categories.review import split_category

    show.print_proposed(split_category(*call.open(), key, into, file), as_json=as_json)


@category.command(
    "merge",
    epilog="Examples:  rubrika category merge finance industry economy  |  "
    "rubrika category merge cinema music culture --out review.csv",
)
@click.argument("keys", nargs=-1, required=True)
@click.argument("into")
@out_option
@as_json
@click.pass_obj
def category_merge(call: Call, keys: tuple[str, ...], into: str, file: Path | None, as_json: bool) -> None:
    """Propose the articles labelled for KEYS to the category INTO, for review; no label changes.

    Add INTO first. The articles come out as a table (id, title, from, INTO) and in the SQL view `candidates`: 1 is
    suggested for what is in any of KEYS, 0 for what is labelled as in none of them. Correct it and import it: only
    then are there labels.
    """
    from pipeline.categories.review import merge_categories

    show.print_proposed(merge_categories(*call.open(), keys, into, file), as_json=as_json)
