"""From an evaluation and its evidence to the page: templates filled in, styles inlined, nothing fetched."""

from __future__ import annotations

from collections import Counter

from jinja2 import Environment

from models.evaluation.bootstrap import Interval
from models.evaluation.evaluation import Evaluation
from models.evaluation.registry import LEADING, METRICS, columns
from pipeline.evaluate.report.conclusion import conclude
from pipeline.evaluate.report.cuts import thresholds
from pipeline.evaluate.report.evidence import CategoryEvidence, Evidence
from pipeline.evaluate.report.pictures import pictures
from pipeline.show.page import environment

NOTHING = Interval(float("nan"), float("nan"), float("nan"))


def render(evaluation: Evaluation, evidence: Evidence) -> str:
    """Make the page.

    Returns
    -------
    str
        One HTML document in UTF-8 that needs no network and no script; all text from articles is escaped.
    """
    return (
        report_environment()
        .get_template("page.html")
        .render(
            evaluation=evaluation,
            evidence=evidence,
            figures={metric.name: metric.russian for metric in METRICS},
            nothing=NOTHING,
            floor=axis_floor(evaluation),
        )
    )


def report_environment() -> Environment:
    """The report's templates with the functions that only they call."""
    jinja = environment("pipeline.evaluate.report")
    jinja.filters["thresholds"] = thresholds
    jinja.globals |= {
        "conclude": conclude,
        "pictures": pictures,
        "confusion": confusion,
        "metrics": METRICS,
        "leading": LEADING,
        "columns": columns,
    }
    return jinja


def confusion(category: CategoryEvidence) -> dict[tuple[bool, str], int]:
    """Count articles by label and verdict."""
    return Counter(zip(category.truth.tolist(), category.verdicts.tolist(), strict=True))


def axis_floor(evaluation: Evaluation) -> float:
    """Where the axis of the verdict's strips begins: a round value below everything shown on it."""
    shown = []
    for key in evaluation.categories:
        figures = evaluation.figures(key)
        rival = conclude(figures, evaluation.rivals(key)).rival
        shown += [figures[LEADING.name], *([rival.figures[LEADING.name]] if rival else [])]
    lows = [min(figure.value, figure.low) for figure in shown if figure.low == figure.low]
    return min(0.9, max(0.0, int(20 * min(lows, default=0.0)) / 20))
