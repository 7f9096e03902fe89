"""The choice of an encoder: an explicit name is taken or refused, `auto` takes the best that can be had at once."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from models.encoders.folder import check_folder, folder_revision
from models.encoders.hub import cached_folder, hub_commit
from models.encoders.known import FALLBACK, KNOWN, PREFERRED, build_of, template_for
from models.encoders.spec import DEFAULT_TEMPLATE, EncoderSpec, Precision
from models.errors import ModelError

AUTO = "auto"
HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def choose_encoder(
    name: str,
    *,
    revision: str = "",
    template: str = DEFAULT_TEMPLATE,
    max_tokens: int = 512,
    precision: Precision = "fp32",
) -> tuple[EncoderSpec, str | None]:
    """Turn a name from the settings into a specification; loads nothing and downloads nothing.

    Parameters
    ----------
    name
        ``auto``, a name of `models.encoders.known`, a sentence-transformers id of the hub, or a folder.
    revision
        A commit, tag or branch of a hub model; empty: the cached one, else the newest. Others have their own.
    template, max_tokens, precision
        See `EncoderSpec`.

    Returns
    -------
    EncoderSpec, str or None
        The specification, and for ``auto`` one line that says what was chosen and why.

    Raises
    ------
    ModelError
        The hub or a package is needed and not there (exit 3); the name is no encoder (exit 2).
    """
    message = None
    if name == AUTO:
        name, message = choose_automatically(revision)
    model, exact_revision = find_model(name, revision)
    return EncoderSpec(name, model, exact_revision, template_for(name, template), max_tokens, precision), message


def choose_automatically(revision: str) -> tuple[str, str]:
    """Choose the preferred encoder if it is cached or the hub has it, else the one that needs no hub, and say why."""
    wanted = PREFERRED.name
    if cached_folder(PREFERRED.model, revision):
        return wanted, f"encoder auto: {wanted}, which is in the Hugging Face cache"
    try:
        hub_commit(PREFERRED.model, revision)
    except ModelError as error:
        reason = str(error).partition(";")[0]
        return FALLBACK.name, f"encoder auto: {FALLBACK.name}, because {wanted} cannot be had: {reason}"
    size = f"{PREFERRED.megabytes} MB, licence {PREFERRED.licence}"
    return wanted, f"encoder auto: {wanted}, which the hub has; it is downloaded once, {size}"


def find_model(name: str, revision: str) -> tuple[str, str]:
    """Where a named encoder comes from, and its revision."""
    folder = Path(name).expanduser()
    if name in KNOWN:
        model = KNOWN[name].model
        build = build_of(model)
        return (model, build.revision()) if build else find_on_hub(model, revision)
    # A folder before the hub: what lies here under a name like owner/model is what its owner means.
    if name and folder.is_dir():
        check_folder(folder)
        return str(folder.resolve()), folder_revision(folder)
    if HUB_ID.fullmatch(name):
        return find_on_hub(name, revision)
    names = [AUTO, *KNOWN]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names)}, owner/name of the hub, a folder"
    raise ModelError(f"encoder {name!r} is not a known name, a folder or a hub id; {hint}", exit_code=2)


def find_on_hub(model: str, revision: str) -> tuple[str, str]:
    """Find a hub model's id and commit; the cache is asked first, and its folders are named by their commit."""
    # So a cached model costs no request, and a newer one on the hub changes no vectors behind anybody's back.
    folder = cached_folder(model, revision)
    return model, folder.name if folder else hub_commit(model, revision)
