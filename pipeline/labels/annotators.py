"""Annotators: who may be named where, and which there are."""

from __future__ import annotations

import unicodedata

import pyarrow as pa

from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings
from store.labels import TRUST

EDITOR = "editor:"
# Models too: some newsrooms have them label elsewhere.
IMPORTED = ("editor", "import", "llm")


def importer(name: str) -> str:
    """Check a name under which a table may be imported.

    Raises
    ------
    PipelineError
        For anything but ``editor:NAME``, ``import:FILE`` and ``llm:MODEL`` (exit code 2).
    """
    given = unicodedata.normalize("NFC", name)
    kind, _, who = given.partition(":")
    if kind in IMPORTED and who and who == who.strip() and who.isprintable():
        return given
    how = "a table counts as editor:NAME, import:FILE or llm:MODEL"
    raise PipelineError(f"annotator {name!r} cannot be imported as; {how}", exit_code=2)


def require_annotator(name: str, opinions: pa.Table) -> str:
    """Return an annotator who said something, or say which there are.

    Parameters
    ----------
    opinions
        With a column ``annotator``.
    """
    annotators = annotators_of(opinions)
    if name not in annotators:
        raise PipelineError(f"no opinions of {name!r}; there are: {', '.join(annotators) or 'none'}", exit_code=2)
    return name


def annotators_of(opinions: pa.Table) -> list[str]:
    """Everyone who said something, the most trusted first."""
    return sorted(opinions["annotator"].unique().to_pylist(), key=by_trust)


def by_trust(annotator: str) -> tuple[int, str]:
    """Sort key: editors, imports, models, propagation."""
    kind = annotator.partition(":")[0]
    return TRUST.index(kind) if kind in TRUST else len(TRUST), annotator


def model_annotator(annotator: AnnotatorSettings) -> str:
    """The name that the labels of the settings' model carry."""
    return f"llm:{annotator.model}"
