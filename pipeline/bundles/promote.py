"""Promote and rollback: another bundle serves, once it is whole, fits the store and is not worse on the test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.bundles.manifest import Manifest
from models.bundles.manifests import check_files, read_manifest
from models.bundles.names import current_name
from models.bundles.serving import serve, served_before
from models.errors import ModelError
from pipeline.bundles.compare import Comparison, compare
from pipeline.bundles.open_bundle import open_manifest
from pipeline.embed.views import Views, open_views
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.encoders import Encoders
from store.errors import StoreError


@dataclass(frozen=True)
class Promoted:
    """What serves now.

    Parameters
    ----------
    bundle, before
        The bundle that serves and the one that did; equal when it served already.
    change
        Of the macro average precision over the categories both have, on the same test articles; None where it was not
        measured.
    categories
        Category → average precision before and after, where the head differs.
    overruled
        The objection that ``--force`` silenced; empty without any.
    gone, added
        Categories that no head answers for any more, and those that one answers for now.
    """

    bundle: str
    before: str | None
    change: float | None = None
    categories: Mapping[str, tuple[float, float]] | None = None
    overruled: str = ""
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def promote(home: Home, settings: Settings, name: str, *, force: bool = False) -> Promoted:
    """Make a bundle the current one.

    Both bundles are measured now, on the same test articles; heads that they share are not asked.

    Parameters
    ----------
    name
        An id, its first digits, or ``newest``.
    force
        Promote in spite of another encoder or worse figures; a damaged bundle is refused all the same.

    Raises
    ------
    ModelError
        When the bundle is missing or damaged.
    PipelineError
        When it does not fit the store, or is worse on the test by more than ``bundle.margin``.
    """
    manifest = open_manifest(home, name)
    check_files(home.path, manifest)
    bundle = manifest.id
    serves = serving(home, force=force)
    if serves == bundle:
        return Promoted(bundle, bundle)
    compared, objection = examine(home, settings.bundle.margin, manifest, serves)
    if objection and not force:
        raise PipelineError(f"{objection}; to promote it all the same: rubrika bundle promote {bundle} --force")
    serve(home.path, bundle, "promote", serves)
    if compared is None:
        return Promoted(bundle, serves, overruled=objection)
    return Promoted(bundle, serves, compared.change, compared.categories, objection, compared.gone, compared.added)


def rollback(home: Home) -> Promoted:
    """Make the bundle the current one that served before; repeated, go further back.

    Raises
    ------
    ModelError
        When that bundle is missing or damaged.
    PipelineError
        When no bundle served before.
    """
    serves, before = current_name(home.path), served_before(home.path)
    if before is None:
        raise PipelineError(f"no bundle served before {serves or 'now'}; there is nothing to go back to")
    check_files(home.path, read_manifest(home.path, before))
    serve(home.path, before, "rollback", serves)
    return Promoted(before, serves)


def serving(home: Home, *, force: bool) -> str | None:
    """The current bundle; with force a damaged file that names it counts as none, so that it can be written anew."""
    try:
        return current_name(home.path)
    except ModelError:
        if force:
            return None
        raise


def examine(home: Home, margin: float, manifest: Manifest, serves: str | None) -> tuple[Comparison | None, str]:
    """Compare a bundle with the one that serves: the comparison where there is one, and what speaks against it."""
    views = open_views(home) if Encoders(home.db).current() else None
    if views and not manifest.made_for(views.identity()):
        return None, f"bundle {manifest.id} was made for other views than this store has: {unlike(manifest, views)}"
    if serves is None:
        return None, ""
    try:
        compared = compare(home, read_manifest(home.path, serves), manifest)
    except (ModelError, StoreError, PipelineError) as error:
        return None, f"bundle {manifest.id} cannot be compared with {serves}, which serves: {error}"
    if compared.change >= -margin:
        return compared, ""
    return compared, (
        f"bundle {manifest.id} is worse than {serves}, which serves: macro average precision "
        f"{compared.change:+.3f} on the same test articles, allowed −{margin:g} ({', '.join(compared.losses())})"
    )


def unlike(manifest: Manifest, views: Views) -> str:
    """In what the views of a bundle differ from those of the store."""
    made_with = manifest.encoder.to_dict() | {"lexical features": manifest.views.lexical}
    store_has = views.spec.to_dict() | {"lexical features": views.identity()["lexical"]}
    return ", ".join(
        f"{name} {made_with.get(name)!r} and not {store_has[name]!r}"
        for name in store_has
        if made_with.get(name) != store_has[name]
    )
