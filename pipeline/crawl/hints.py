"""What a column that holds no field might be: said once for a file, so that nothing is passed over unseen."""

import difflib

from pipeline.crawl.columns import Columns
from pipeline.crawl.names import FIELD_NAMES, field_of, plain_name

IDENTIFIER = "a number of its own? articles are known by their text"
_IDENTIFIERS = frozenset({"id", "guid", "uuid", "newsid", "articleid", "documentid", "docid", "rowid", "ид", "номер"})
_NEAR = 0.8  # difflib's ratio; "titel" is 0.8 of "title"


def hint_of(name: str, columns: Columns) -> str:
    """Say what an unused column might be, and what to type.

    Parameters
    ----------
    name
        The column's name.
    columns
        All of its file's columns.

    Returns
    -------
    str
        The field that it may hold with the option which chooses it, else that it may hold labels.
    """
    field = field_of(name)
    if field is None:
        listed = [plain for names in FIELD_NAMES.values() for plain in names]
        near = difflib.get_close_matches(plain_name(name), listed, n=1, cutoff=_NEAR)
        field = field_of(near[0]) if near else None
    if field is None:
        return IDENTIFIER if plain_name(name).lstrip("_") in _IDENTIFIERS else "a label column? rubrika labels import"
    place = columns.place(field)
    choose = f"--column {field}={name}"
    if place is None:
        return f"{field}? {choose}"
    return f"{field}, but {columns.names[place]} goes before it; to use it: {choose}"
