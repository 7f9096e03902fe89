"""From learning curves to their page, in the look of the report."""

from __future__ import annotations

from datetime import datetime

from pipeline.improve.learning_curve import wording
from pipeline.improve.learning_curve.pictures import picture
from pipeline.improve.learning_curve.records import Learned, LearningCurves
from pipeline.show.page import environment


def render_learning(curves: LearningCurves, created: datetime) -> str:
    """Make the page.

    Returns
    -------
    str
        One HTML document in UTF-8 that needs no network and no script.
    """
    rows = shown(curves)
    return (
        environment("pipeline.improve.learning_curve")
        .get_template("learning.html")
        .render(
            curves=curves,
            created=created,
            rows=rows,
            main=rows[0],
            charts=[picture(said, curves) for said in rows],
            told=any(said.outlook.forecast for said in rows),
            checked=[said for said in rows if said.outlook.check],
            words=wording,
        )
    )


def render_picture(curves: LearningCurves) -> str:
    """Draw the first curve of the page on its own: the mean over categories, or the only one.

    Returns
    -------
    str
        One SVG document in UTF-8.
    """
    rows = shown(curves)
    return (
        environment("pipeline.improve.learning_curve")
        .get_template("picture.svg")
        .render(chart=picture(rows[0], curves))
        .lstrip()
    )


def shown(curves: LearningCurves) -> list[Learned]:
    """The mean and every category; of one category alone only that."""
    return [curves.macro, *curves.categories.values()] if len(curves.categories) > 1 else [*curves.categories.values()]
