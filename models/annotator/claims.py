"""Claims: what an answer says of the categories, and whether that settles every one that was asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class UnreadableError(ValueError):
    """An answer, or a part of one, that says nothing certain."""


@dataclass(frozen=True)
class Claims:
    """What was said outright.

    Parameters
    ----------
    yes, no
        Categories that the answer names, and those it rules out.
    none
        Whether it says that no category fits.
    each
        Whether it judges categories one by one, as in ``politics: yes``: then one that it leaves out is not judged.
    """

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    none: bool = False
    each: bool = False


def together(parts: Iterable[Claims]) -> Claims:
    """All that several parts of one answer say."""
    claims_of_parts = list(parts)
    return Claims(
        frozenset[str]().union(*(part.yes for part in claims_of_parts)),
        frozenset[str]().union(*(part.no for part in claims_of_parts)),
        any(part.none for part in claims_of_parts),
        any(part.each for part in claims_of_parts),
    )


def settle(claims: Claims, keys: Sequence[str]) -> dict[str, int]:
    """Turn claims into a value for every category asked.

    The model was asked about all of them, so one that a list leaves out is 0. An answer that judges one by one, or only
    rules some out, leaves the others open.

    Returns
    -------
    dict
        Category → 1 or 0, in the order asked.

    Raises
    ------
    UnreadableError
        When the answer contradicts itself or leaves a category open.
    """
    if claims.yes & claims.no:
        raise UnreadableError(f"says both yes and no to {', '.join(sorted(claims.yes & claims.no))}")
    if claims.none and claims.yes:
        raise UnreadableError(f"says none and names {', '.join(sorted(claims.yes))}")
    open_ones = [key for key in keys if key not in claims.yes | claims.no]
    is_list = claims.none or (claims.yes and not claims.each)
    if open_ones and not is_list:
        raise UnreadableError(f"says nothing of {', '.join(open_ones)}")
    return {key: int(key in claims.yes) for key in keys}


def contradict(claims: Claims, values: dict[str, int]) -> bool:
    """Whether what is said beside an answer says something else than the answer."""
    positive = {key for key, value in values.items() if value}
    if (claims.none and positive) or claims.no & positive:
        return True
    return bool(claims.yes) and claims.yes != positive
