"""From the report's data to its page: templates filled in, styles inlined, nothing fetched when it is opened."""

from __future__ import annotations

from collections import Counter

from jinja2 import Environment

from models.evaluation.bootstrap import Interval
from pipeline.evaluate.report.data import CategoryTest, ReportData
from pipeline.evaluate.report.pictures import pictures, thresholds
from pipeline.evaluate.report.verdict import judge
from pipeline.show.page import environment
from pipeline.show.wording import FIGURES

NOTHING = Interval(float("nan"), float("nan"), float("nan"))


def render(report: ReportData) -> str:
    """Make the page.

    Returns
    -------
    str
        One HTML document in UTF-8 that needs no network and no script; all text from articles is escaped.
    """
    page = report_environment().get_template("page.html")
    floor = axis_floor(report)
    return page.render(report=report, figures=FIGURES, nothing=NOTHING, floor=floor)


def report_environment() -> Environment:
    """The report's templates with the functions that only they call."""
    jinja = environment("pipeline.evaluate.report")
    jinja.filters["thresholds"] = thresholds
    jinja.globals |= {"judge": judge, "pictures": pictures, "confusion": confusion}
    return jinja


def confusion(test: CategoryTest) -> dict[tuple[bool, str], int]:
    """Count articles by label and verdict."""
    return Counter(zip(test.truth.tolist(), test.verdicts.tolist(), strict=True))


def axis_floor(report: ReportData) -> float:
    """Where the axis of the verdict's strips begins: a round value below everything shown on it."""
    shown = [test.figures["average_precision"] for test in report.categories]
    rivals = [judge(test.figures, test.rivals).rival for test in report.categories]
    shown += [rival.figures["average_precision"] for rival in rivals if rival]
    lows = [min(one.value, one.low) for one in shown if one.low == one.low]
    return min(0.9, max(0.0, int(20 * min(lows, default=0.0)) / 20))
