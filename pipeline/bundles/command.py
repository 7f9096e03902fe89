"""Commands about bundles: which there are, which serves, and how one travels."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.bundles import show
from pipeline.setup.call import Call, as_json, file_argument

bundle_argument = click.argument("bundle")
path = click.Path(path_type=Path, dir_okay=False)


@click.group()
def bundle() -> None:
    """Bundles, the heads that serve together; name one by id, its first digits, `newest` or `current`."""


@bundle.command("list", epilog="Examples:  rubrika bundle list  |  rubrika bundle list --json")
@as_json
@click.pass_obj
def bundle_list(call: Call, as_json: bool) -> None:
    """List the bundles, oldest first, and which one serves."""
    from pipeline.bundles.listing import list_bundles

    show.print_bundles(list_bundles(call.open()[0]), as_json=as_json)


@bundle.command("show", epilog="Examples:  rubrika bundle show current  |  rubrika bundle show 1f0c --json")
@bundle_argument
@as_json
@click.pass_obj
def bundle_show(call: Call, bundle: str, as_json: bool) -> None:
    """Show what a bundle consists of, its figures, and whether its files are whole."""
    from pipeline.bundles.listing import show_bundle

    show.print_bundle(show_bundle(call.open()[0], bundle), as_json=as_json)


@bundle.command("diff", epilog="Examples:  rubrika bundle diff current newest  |  rubrika bundle diff 1f0c 9a33 --json")
@click.argument("before")
@click.argument("after")
@as_json
@click.pass_obj
def bundle_diff(call: Call, before: str, after: str, as_json: bool) -> None:
    """Show what changed from one bundle to another."""
    from pipeline.bundles.diff import diff

    show.print_difference(diff(call.open()[0], before, after), as_json=as_json)


@bundle.command("promote", epilog="Examples:  rubrika train && rubrika bundle promote  |  rubrika bundle promote 1f0c")
@click.argument("bundle", default="newest")
@click.option("--force", is_flag=True, help="In spite of worse figures or another encoder.")
@as_json
@click.pass_obj
def bundle_promote(call: Call, bundle: str, force: bool, as_json: bool) -> None:
    """Let a bundle serve, the newest by default.

    It must be whole, fit the store's encoder, and not be worse than the current one on the same test articles by more
    than `bundle.margin`. Both are measured now; heads that they share are not asked.
    """
    from pipeline.bundles.promote import promote

    show.print_promoted(promote(*call.open(), bundle, force=force), as_json=as_json)


@bundle.command("rollback", epilog="Examples:  rubrika bundle rollback  |  rubrika bundle rollback --json")
@as_json
@click.pass_obj
def bundle_rollback(call: Call, as_json: bool) -> None:
    """Let the bundle serve that served before; again, and it goes further back."""
    from pipeline.bundles.promote import rollback

    show.print_promoted(rollback(call.open()[0]), as_json=as_json)


@bundle.command(
    "export",
    epilog="Examples:  rubrika bundle export current news.tar.gz  |  rubrika bundle export 1f0c --onnx news.onnx",
)
@bundle_argument
@click.argument("file", required=False, type=path)
@click.option("--onnx", type=path, help="Write one ONNX file, for programs in other languages.")
@as_json
@click.pass_obj
def bundle_export(call: Call, bundle: str, file: Path | None, onnx: Path | None, as_json: bool) -> None:
    """Write a bundle to FILE, one .tar.gz that `bundle import` reads, or to one ONNX file."""
    if (file is None) == (onnx is None):
        raise click.UsageError("name one file: FILE.tar.gz or --onnx FILE.onnx")
    if onnx is not None:
        from pipeline.bundles.export_onnx import export_onnx

        show.print_exported_onnx(export_onnx(call.open()[0], bundle, onnx), as_json=as_json)
    elif file is not None:
        from pipeline.bundles.archive import export_archive

        show.print_exported(export_archive(call.open()[0], bundle, file), as_json=as_json)


@bundle.command(
    "import", epilog="Examples:  rubrika bundle import news.tar.gz  |  rubrika bundle import b.tar.gz --json"
)
@file_argument
@as_json
@click.pass_obj
def bundle_import(call: Call, file: Path, as_json: bool) -> None:
    """Bring in a bundle from an archive once everything in it has been checked; the current one goes on serving."""
    from pipeline.bundles.archive import import_archive

    show.print_imported(import_archive(call.open(make=True)[0], file), as_json=as_json)


@click.command(epilog="Examples:  rubrika history  |  rubrika history --json")
@as_json
@click.pass_obj
def history(call: Call, as_json: bool) -> None:
    """Measure every bundle on the same test articles and show what changed from one to the next."""
    from pipeline.bundles.history import history

    show.print_history(history(call.open()[0]), as_json=as_json)
