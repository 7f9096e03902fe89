"""The pictures of learning: average precision against labelled articles, with what is expected of more."""

from __future__ import annotations

from math import isfinite as known

import numpy as np

from models.learning_curve.outlook import Forecast
from pipeline.improve.learning_curve.records import Learned, LearningCurves
from pipeline.improve.learning_curve.wording import capital, sentence
from pipeline.ingest.survey.pictures import round_values
from pipeline.show.chart import Chart, Colour, Kind, Scale, Shape
from pipeline.show.wording import count, number

STEPS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
TICKS = 6
GRAIN = 1e-9
Legend = tuple[tuple[Colour, Kind, str], ...]


def picture(said: Learned, curves: LearningCurves) -> Chart:
    """One curve on a logarithmic axis; where some repeat has no head yet, only the neighbours are drawn."""
    first = first_drawn(said)
    sizes, forecast = list(curves.sizes), said.outlook.forecast
    end = curves.articles + curves.more if forecast else curves.sizes[-1]
    ticks = upward(floor_of(said, first))
    scale = Scale((np.log10(sizes[0]), np.log10(end)), (ticks[0], 1.0))
    inside = round_values(sizes[0], end)
    shapes = [scale.line(np.log10(sizes), [one.value for one in said.knn], "no")] if known(said.knn[-1].value) else []
    shapes += measured(scale, sizes[first:], said, first)
    shapes += expected(scale, sizes[-1], curves.articles, end, said, forecast) if forecast else []
    return Chart(
        said.title,
        f"Средняя точность (AP) по числу размеченных статей: {said.title}",
        capital(sentence(said, curves)),
        "размеченных статей",
        "AP",
        scale.x_ticks(np.log10(inside).tolist(), [count(value) for value in inside]),
        scale.y_ticks(ticks, [number(value, 3 if ticks[1] - ticks[0] < 0.01 else 2) for value in ticks]),
        tuple(shapes),
        legend(said, first < len(sizes)),
    )


def first_drawn(said: Learned) -> int:
    """The first size at which every repeat had a head; behind the last where there is none, or no interval."""
    drawn = any(said.settled) and known(said.precision[-1].low)
    return said.settled.index(True) if drawn else len(said.settled)


def measured(scale: Scale, sizes: list[int], said: Learned, first: int) -> list[Shape]:
    """The head's band and line."""
    if not sizes:
        return []
    points, places = said.precision[first:], np.log10(sizes)
    band = scale.band(places, [one.low for one in points], [one.high for one in points], "yes")
    return [
        band,
        scale.line(places, [one.value for one in points], "yes"),
        scale.dots(places[-1:], [points[-1].value], "yes"),
    ]


def expected(scale: Scale, last: int, now: int, end: int, said: Learned, forecast: Forecast) -> list[Shape]:
    """The forecast: dashed, from the last measured size on, in a band of its own."""
    grid = np.geomspace(last, end, 30)
    ends = [said.precision[-1], forecast.now, forecast.then]
    places = np.log10([last, now, end])
    return [
        scale.band(places, [one.low for one in ends], [one.high for one in ends], "plain"),
        scale.line(np.log10(grid), [forecast.law.at(float(n)) for n in grid], "plain", "rule"),
    ]


def legend(said: Learned, head: bool) -> Legend:
    """What is drawn."""
    ours: Legend = (("yes", "line", "модель"), ("yes", "band", "95 %")) if head else ()
    ahead: Legend = (("plain", "rule", "прогноз"),) if said.outlook.forecast else ()
    return (*ours, *ahead, ("no", "line", "соседи (kNN)"))


def floor_of(said: Learned, first: int) -> float:
    """The lowest value drawn."""
    forecast = said.outlook.forecast
    lows = [one.low for one in said.precision[first:]] + [one.value for one in said.knn]
    lows += [forecast.now.low, forecast.then.low] if forecast else []
    return min([low for low in lows if known(low)], default=0.0)


def upward(lowest: float) -> list[float]:
    """Round values from below the lowest one up to 1, some few of them."""
    step = next((one for one in STEPS if (1 - lowest) / one <= TICKS - 1), STEPS[-1])
    steps = max(1, int(np.ceil((1 - lowest) / step - GRAIN)))
    return [round(1 - step * left, 4) for left in range(steps, -1, -1)]
