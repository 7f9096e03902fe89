"""Pages: templates of one look, styles inlined, nothing fetched when a page is opened."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from pipeline.show.wording import FILTERS


def environment(room: str) -> Environment:
    """The templates of a room and those of every page, with escaping on and a missing name an error.

    Parameters
    ----------
    room
        The package whose folder ``templates`` holds the page.
    """
    jinja = Environment(
        # The room first, so that a page may have a part of its own under a shared name.
        loader=ChoiceLoader([PackageLoader(room), PackageLoader("pipeline.show")]),
        autoescape=True,  # titles come from strangers' pages and may hold markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters |= FILTERS
    return jinja
