"""The pictures of learning: average precision against labelled articles, with what is expected of more."""

from __future__ import annotations

from math import isfinite

import numpy as np

from models.learning_curve.outlook import Forecast
from pipeline.improve.learning_curve.records import Learned, LearningCurves, columns
from pipeline.improve.learning_curve.wording import capital, sentence
from pipeline.ingest.survey.pictures import round_values
from pipeline.show.chart import Chart, Colour, Kind, Scale, Shape
from pipeline.show.wording import count, number

STEPS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
TICKS = 6
GRAIN = 1e-9
Legend = tuple[Colour, Kind, str]


def picture(learned: Learned, curves: LearningCurves) -> Chart:
    """One curve on a logarithmic axis; where some repeat has no head yet, only the neighbours are drawn."""
    sizes, ahead = curves.sizes, learned.outlook.forecast
    head, knn, first = columns(learned.curve.of_head), columns(learned.curve.of_knn), first_drawn(learned)
    end = curves.articles + curves.more if ahead else sizes[-1]
    lows = head["low"][first:] + knn["mean"] + ([ahead.now.low, ahead.then.low] if ahead else [])
    ticks = round_ticks(min(filter(isfinite, lows), default=0.0))
    scale = Scale((np.log10(sizes[0]), np.log10(end)), (ticks[0], 1.0))
    places, inside = np.log10(sizes), round_values(sizes[0], end)
    shapes: list[Shape] = []
    legend: list[Legend] = []
    if isfinite(knn["mean"][-1]):
        shapes += [scale.line(places, knn["mean"], "no")]
    if first < len(sizes):
        shapes += [
            scale.band(places[first:], head["low"][first:], head["high"][first:], "yes"),
            scale.line(places[first:], head["mean"][first:], "yes"),
            scale.dots(places[-1:], head["mean"][-1:], "yes"),
        ]
        legend += [("yes", "line", "модель"), ("yes", "band", "95 %")]
    if ahead:
        shapes += expected(scale, learned, ahead, (sizes[-1], curves.articles, end))
        legend += [("plain", "rule", "прогноз")]
    return Chart(
        learned.title,
        f"Средняя точность (AP) по числу размеченных статей: {learned.title}",
        capital(sentence(learned, curves)),
        "размеченных статей",
        "AP",
        scale.x_ticks(np.log10(inside).tolist(), [count(value) for value in inside]),
        scale.y_ticks(ticks, [number(value, 3 if ticks[1] - ticks[0] < 0.01 else 2) for value in ticks]),
        tuple(shapes),
        (*legend, ("no", "line", "соседи (kNN)")),
    )


def first_drawn(learned: Learned) -> int:
    """The first size at which every repeat had a head; behind the last where there is none, or no interval."""
    settled = learned.curve.settled
    return int(settled.argmax()) if settled.any() and isfinite(learned.curve.of_head[-1].low) else len(settled)


def expected(scale: Scale, learned: Learned, ahead: Forecast, sizes: tuple[int, int, int]) -> list[Shape]:
    """The forecast: dashed, from the last measured size over the labels of now to those to come, in a band."""
    ends = columns([learned.curve.of_head[-1], ahead.now, ahead.then])
    grid = np.geomspace(sizes[0], sizes[-1], 30)
    return [
        scale.band(np.log10(sizes), ends["low"], ends["high"], "plain"),
        scale.line(np.log10(grid), [ahead.law.at(float(n)) for n in grid], "plain", "rule"),
    ]


def round_ticks(lowest: float) -> list[float]:
    """Round values from below the lowest one up to 1, some few of them."""
    step = next((step for step in STEPS if (1 - lowest) / step <= TICKS - 1), STEPS[-1])
    steps = max(1, int(np.ceil((1 - lowest) / step - GRAIN)))
    return [round(1 - step * left, 4) for left in range(steps, -1, -1)]
