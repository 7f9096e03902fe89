"""Showing learning curves: the sizes, what more labels would bring, and where the page is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from models.evaluation.bootstrap import Interval
    from models.learning_curve.outlook import Forecast
    from pipeline.improve.learning_curve.learning_curve import LearningReported
    from pipeline.improve.learning_curve.records import Learned


def print_learning_curve(result: LearningReported, *, as_json: bool) -> None:
    """Print the curves in a table, the forecast in another."""
    from pipeline.improve.learning_curve.records import as_figures, why_no_forecast

    curves = result.curves
    if as_json:
        json_line({"report": result.report, "picture": result.picture, **as_figures(curves)})
        return
    shown = curves.shown
    lead, first = next(iter(shown.items()))
    table(
        ["articles", *shown, f"{lead} 95 %", f"kNN ({lead})"],
        [
            [str(size), *(bracketed(learned, at) for learned in shown.values()), ends(head), figure(knn.value)]
            for at, (size, head, knn) in enumerate(
                zip(curves.sizes, first.curve.of_head, first.curve.of_knn, strict=True)
            )
        ],
    )
    if not all(learned.curve.settled.all() for learned in shown.values()):
        line("(in brackets: some category or repeat has no head yet and counts with its share of positives)")
    ahead = [ahead_row(key, learned.outlook.forecast) for key, learned in shown.items() if learned.outlook.forecast]
    if ahead:
        now, then = curves.articles, curves.articles + curves.more
        table(["", f"{now} articles", f"{then} articles", "95 %", "gain", "gain 95 %"], ahead)
    for key, learned in shown.items():
        if learned.outlook.doubt:
            line(f"{key}: {why_no_forecast(curves, learned.outlook)}")
    for short in curves.skipped.values():
        line(short)
    line(f"picture: {result.picture}")
    line(f"report: {result.report}")


def bracketed(learned: Learned, at: int) -> str:
    """A value of a curve; in brackets where some repeat has no head yet."""
    value = figure(learned.curve.of_head[at].value)
    return value if learned.curve.settled[at] else f"({value})"


def ahead_row(key: str, ahead: Forecast) -> list[str]:
    """A forecast."""
    gain = ahead.gain
    values = [figure(ahead.now.value), figure(ahead.then.value), ends(ahead.then)]
    return [key, *values, f"{gain.value:+.4f}", f"{gain.low:.4f} – {gain.high:.4f}"]


def ends(interval: Interval) -> str:
    """An interval's ends."""
    return f"{figure(interval.low)} – {figure(interval.high)}"
