"""Groups: how good a head is on the articles of each source and of each month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.evaluation.bootstrap import Interval
from models.evaluation.metrics import binary_metrics
from models.evaluation.weighted import FIGURES
from models.features import Rows
from pipeline.dataset.corpus import Corpus
from pipeline.report.evidence import Figures, Group

SOURCES_SHOWN = 12


def months(corpus: Corpus, rows: Rows) -> list[str]:
    """Month of each article as ``2024-05``; empty where the date is unknown."""
    dates = corpus.articles["published_at"].take(rows).to_pylist()
    return [f"{date:%Y-%m}" if date else "" for date in dates]


def groups(
    names: Sequence[str],
    truth: npt.NDArray[np.bool_],
    probability: npt.NDArray[np.float64],
    verdicts: npt.NDArray[np.str_],
) -> tuple[Group, ...]:
    """A head's figures on each source or month, by name; articles without a name are left out."""
    of = np.asarray(names)
    return tuple(
        Group(
            name,
            int(rows.sum()),
            int(truth[rows].sum()),
            point_figures(truth[rows], probability[rows], verdicts[rows] == "yes"),
        )
        for name in sorted(set(names) - {""})
        for rows in [of == name]
    )


def largest(found: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups with the most articles, the largest first."""
    return tuple(sorted(found, key=lambda group: -group.articles)[:SOURCES_SHOWN])


def point_figures(
    truth: npt.NDArray[np.bool_], probability: npt.NDArray[np.float64], decided: npt.NDArray[np.bool_]
) -> Figures:
    """Figures without intervals."""
    said = binary_metrics(truth, probability, decided)
    return {name: Interval(getattr(said, name), np.nan, np.nan) for name in FIGURES}
