"""From learning curves to their page and its first picture, in the look of the report."""

from __future__ import annotations

from datetime import datetime

from models.learning_curve.curve import HELD_OUT
from pipeline.improve.learning_curve import wording
from pipeline.improve.learning_curve.pictures import picture
from pipeline.improve.learning_curve.records import LearningCurves
from pipeline.show.page import environment

ROOM = "pipeline.improve.learning_curve"


def render_learning(curves: LearningCurves, created: datetime) -> str:
    """Make the page: one HTML document in UTF-8 that needs no network and no script."""
    rows = list(curves.shown.values())
    page = environment(ROOM).get_template("learning.html")
    return page.render(
        curves=curves,
        created=created,
        held_out=HELD_OUT,
        rows=rows,
        main=rows[0],
        charts=[picture(learned, curves) for learned in rows],
        told=any(learned.outlook.forecast for learned in rows),
        checked=[learned for learned in rows if learned.outlook.check],
        words=wording,
    )


def render_picture(curves: LearningCurves) -> str:
    """Draw the first curve of the page on its own, the mean over categories or the only one: an SVG document."""
    first = next(iter(curves.shown.values()))
    return environment(ROOM).get_template("picture.svg").render(chart=picture(first, curves)).lstrip()
