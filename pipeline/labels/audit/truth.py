"""The truth of an audit: what editors say of the drawn articles, whoever else labelled them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.labels.annotators import EDITOR


@dataclass(frozen=True)
class AuditAnswers:
    """What editors say.

    Parameters
    ----------
    values
        (article, category) → 1 or 0, the latest word of any editor.
    editors
        (article, category) → who said it.
    """

    values: Mapping[tuple[str, str], int]
    editors: Mapping[tuple[str, str], str]


def answers(opinions: pa.Table, audited: str) -> AuditAnswers:
    """Read the answers from the latest opinions; an annotator does not check its own.

    Parameters
    ----------
    opinions
        Of stored articles, see :meth:`store.labels.Labels.latest`.
    audited
        Whose labels are checked.
    """
    given = opinions.filter(
        pc.and_(
            pc.and_(pc.starts_with(opinions["annotator"], EDITOR), pc.not_equal(opinions["annotator"], audited)),
            pc.is_valid(opinions["value"]),
        )
    ).sort_by([("labelled_at", "ascending"), ("annotator", "descending")])
    rows = given.select(["article_id", "category", "value", "annotator"]).to_pylist()
    return AuditAnswers(
        {(row["article_id"], row["category"]): row["value"] for row in rows},
        {(row["article_id"], row["category"]): row["annotator"] for row in rows},
    )
