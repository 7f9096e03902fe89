"""Showing learning curves: the sizes, what more labels would bring, and where the page is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from models.evaluation.bootstrap import Interval
    from models.learning_curve.outlook import Forecast
    from pipeline.improve.learning_curve.learning_curve import LearningReported
    from pipeline.improve.learning_curve.records import Learned, LearningCurves

MACRO = "macro"


def print_learning_curve(result: LearningReported, *, as_json: bool) -> None:
    """Print the curves in a table, the forecast in another."""
    from pipeline.improve.learning_curve.records import as_figures, reason

    curves = result.curves
    if as_json:
        json_line({"report": result.report, "picture": result.picture, **as_figures(curves)})
        return
    shown = curves_shown(curves)
    lead = next(iter(shown))
    sizes = [sizes_row(curves, list(shown.values()), place) for place in range(len(curves.sizes))]
    table(["articles", *shown, f"{lead} 95 %", f"kNN ({lead})"], sizes)
    if not all(one for said in shown.values() for one in said.settled):
        line("(in brackets: some category or repeat has no head yet and counts with its share of positives)")
    ahead = {key: said.outlook.forecast for key, said in shown.items() if said.outlook.forecast}
    if ahead:
        now, then = curves.articles, curves.articles + curves.more
        names = ["", f"{now} articles", f"{then} articles", "95 %", "gain", "gain 95 %"]
        table(names, [ahead_row(key, said) for key, said in ahead.items()])
    for key, said in shown.items():
        if said.outlook.doubt:
            line(f"{key}: {reason(curves, said.outlook)}")
    for short in curves.skipped.values():
        line(short)
    line(f"picture: {result.picture}")
    line(f"report: {result.report}")


def curves_shown(curves: LearningCurves) -> dict[str, Learned]:
    """The mean and every category; of one category alone only that."""
    return {MACRO: curves.macro, **curves.categories} if len(curves.categories) > 1 else dict(curves.categories)


def sizes_row(curves: LearningCurves, shown: Sequence[Learned], place: int) -> list[str]:
    """Every curve at one size, and the interval and the baseline of the first."""
    lead = shown[0]
    values = [mark(said, place) for said in shown]
    return [str(curves.sizes[place]), *values, span(lead.precision[place]), figure(lead.knn[place].value)]


def mark(said: Learned, place: int) -> str:
    """A value of a curve; in brackets where some repeat has no head yet."""
    value = figure(said.precision[place].value)
    return value if said.settled[place] else f"({value})"


def ahead_row(key: str, ahead: Forecast) -> list[str]:
    """A forecast."""
    gain = ahead.gain
    values = [figure(ahead.now.value), figure(ahead.then.value), span(ahead.then)]
    return [key, *values, f"{gain.value:+.4f}", f"{gain.low:.4f} – {gain.high:.4f}"]


def span(said: Interval) -> str:
    """An interval's ends."""
    return f"{figure(said.low)} – {figure(said.high)}"
